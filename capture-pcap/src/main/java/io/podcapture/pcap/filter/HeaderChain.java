package io.podcapture.pcap.filter;

/**
 * Follows the headers of an IP packet from one to the next, and asks whether the last is of a protocol.
 *
 * @param protocol its number
 * @param network where the IP header begins
 * @param version 4 or 6
 */
record HeaderChain(int protocol, int network, int version) implements Action {}
