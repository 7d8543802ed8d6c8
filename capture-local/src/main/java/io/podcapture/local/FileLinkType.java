package io.podcapture.local;

import io.podcapture.pcap.LinkType;

/**
 * The number of a link type in files (LINKTYPE), from that of the capture API (DLT). They are the same but for a few that
 * systems numbered differently.
 *
 * <p>Source: libpcap's pcap-common.c, "the link-layer header types that are in use".
 */
final class FileLinkType {
    private FileLinkType() {}

    static int of(int apiNumber) {
        return switch (apiNumber) {
            case 11 -> 100; // ATM, RFC 1483
            case 12, 14 -> LinkType.RAW.number(); // 14 on OpenBSD
            case 15 -> 102; // SLIP and PPP as BSD/OS has them
            case 16 -> 103;
            default -> apiNumber;
        };
    }
}
