package io.podcapture.pcap;

/**
 * An option carried from file to file unread.
 *
 * @param code the option's number
 * @param value its octets, numbers little-endian, as all files are written here; never changed
 */
record RawOption(int code, byte[] value) {}
