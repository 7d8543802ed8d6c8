package io.podcapture.pcap;

/**
 * The format a whole-file operation writes.
 *
 * @since 0.1
 */
public enum OutputFormat {
    /** pcapng: any number of interfaces, link types and units of time; keeps names, secrets, statistics, comments. */
    PCAPNG,

    /**
     * pcapng that libpcap and what is built on it reads, such as tcpdump: one link type, and one snaplen that is not 0.
     * Packets of several link types are refused.
     */
    LIBPCAP_SAFE,

    /**
     * pcap: packets of one link type alone, of the years 1970 to 2106. Times are nanoseconds if any interface known
     * before the first packet has a finer unit than microseconds, else microseconds. Packets of several link types are
     * refused; names, secrets, statistics and comments are left out and counted.
     */
    PCAP
}
