package io.podcapture.examples;

/**
 * What packets are looked for after a failure, each found by a capture filter.
 *
 * <p>That has two halves, for {@code tcp} and {@code udp} of a filter count octets of IPv4 only. The header of IPv6 has 40
 * octets (RFC 8200, section 3); behind further headers nothing is looked for.
 */
enum PacketSign {
    SYN(
            "tcp[tcpflags] & (tcp-syn | tcp-ack) = tcp-syn",
            "ip6[6] = 6 and ip6[53] & 0x12 = 0x02",
            "SYN",
            "tcp.flags.syn == 1 && tcp.flags.ack == 0"),
    RESET("tcp[tcpflags] & tcp-rst != 0", "ip6[6] = 6 and ip6[53] & 0x04 != 0", "RST", "tcp.flags.reset == 1"),
    /** Code of the answer: RFC 1035, section 4.1.1. */
    NO_SUCH_NAME(
            "udp src port 53 and udp[10] & 0x80 != 0 and udp[11] & 0x0f = 3",
            "ip6[6] = 17 and ip6[40 : 2] = 53 and ip6[50] & 0x80 != 0 and ip6[51] & 0x0f = 3",
            "DNS answer NXDOMAIN",
            "dns.flags.rcode == 3"),
    SERVER_ERROR(
            "tcp[(tcp[12] & 0xf0) >> 2 : 4] = 0x48545450 and tcp[((tcp[12] & 0xf0) >> 2) + 9] = 0x35",
            "ip6[6] = 6 and ip6[40 + ((ip6[52] & 0xf0) >> 2) : 4] = 0x48545450"
                    + " and ip6[49 + ((ip6[52] & 0xf0) >> 2)] = 0x35",
            "HTTP answer 5xx",
            "http.response.code >= 500");

    private final String overIpv4;
    private final String overIpv6;
    private final String words;
    private final String displayFilter;

    PacketSign(String overIpv4, String overIpv6, String words, String displayFilter) {
        this.overIpv4 = overIpv4;
        this.overIpv6 = overIpv6;
        this.words = words;
        this.displayFilter = displayFilter;
    }

    /** Returns the capture filter. */
    String filter() {
        return "(" + overIpv4 + ") or (" + overIpv6 + ")";
    }

    /** Returns what people call it. */
    String words() {
        return words;
    }

    /** Returns how to find it in Wireshark. */
    String displayFilter() {
        return displayFilter;
    }
}
