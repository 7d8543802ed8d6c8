package io.podcapture.pcap;

/**
 * An option carried from file to file unread: its value reads the same in either byte order.
 *
 * @param code the option's number
 * @param value its octets, never changed
 */
record RawOption(int code, byte[] value) {}
