package io.podcapture.pcap.filter;

import io.podcapture.pcap.LinkType;
import org.jspecify.annotations.Nullable;

/** A header of the link layer that filters know. */
enum Link {
    ETHERNET("Ethernet", 12, 14),
    LINUX_SLL("Linux cooked v1", 14, 16),
    LINUX_SLL2("Linux cooked v2", 0, 20),
    RAW("Raw IP", 0, 0),
    IPV4("Raw IPv4", 0, 0),
    IPV6("Raw IPv6", 0, 0),
    NULL("BSD loopback", 0, 4),
    LOOP("OpenBSD loopback", 0, 4),
    PPP("PPP", 2, 4),
    CISCO_HDLC("Cisco HDLC", 2, 4),

    /** Its payload begins behind options, which no filter can pass over. */
    NFLOG("Linux netfilter log messages", 0, 0);

    final String description;

    /** Octets in front of the field that names the protocol. */
    final int type;

    /** Octets in front of the payload. */
    final int payload;

    Link(String description, int type, int payload) {
        this.description = description;
        this.type = type;
        this.payload = payload;
    }

    /** Null if filters do not know it. */
    static @Nullable Link of(LinkType linkType) {
        return switch (linkType.number()) {
            case 0 -> NULL;
            case 1 -> ETHERNET;
            case 9, 50 -> PPP;
            // Raw IP has the number 101 in files and 12 or 14 in the capture API.
            case 12, 14, 101 -> RAW;
            case 104 -> CISCO_HDLC;
            case 108 -> LOOP;
            case 113 -> LINUX_SLL;
            case 228 -> IPV4;
            case 229 -> IPV6;
            case 239 -> NFLOG;
            case 276 -> LINUX_SLL2;
            default -> null;
        };
    }
}
