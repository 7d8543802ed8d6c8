package io.podcapture.examples;

/** What packets are looked for after a failure, each found by a capture filter. */
enum PacketSign {
    SYN("tcp[tcpflags] & (tcp-syn | tcp-ack) = tcp-syn", "SYN", "tcp.flags.syn == 1 && tcp.flags.ack == 0"),
    RESET("tcp[tcpflags] & tcp-rst != 0", "RST", "tcp.flags.reset == 1"),
    /** Code of the answer: RFC 1035, section 4.1.1. */
    NO_SUCH_NAME(
            "udp src port 53 and udp[10] & 0x80 != 0 and udp[11] & 0x0f = 3",
            "DNS answer NXDOMAIN",
            "dns.flags.rcode == 3"),
    SERVER_ERROR(
            "tcp[(tcp[12] & 0xf0) >> 2 : 4] = 0x48545450 and tcp[((tcp[12] & 0xf0) >> 2) + 9] = 0x35",
            "HTTP answer 5xx",
            "http.response.code >= 500");

    private final String filter;
    private final String words;
    private final String displayFilter;

    PacketSign(String filter, String words, String displayFilter) {
        this.filter = filter;
        this.words = words;
        this.displayFilter = displayFilter;
    }

    /** Returns the capture filter. */
    String filter() {
        return filter;
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
