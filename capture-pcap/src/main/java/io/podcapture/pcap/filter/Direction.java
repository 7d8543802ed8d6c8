package io.podcapture.pcap.filter;

/** Which of the two addresses or ports is meant. */
enum Direction {
    EITHER,
    SOURCE,
    DESTINATION,
    BOTH,

    /** One of the four addresses of 802.11, which no link type here has. */
    WIRELESS
}
