package io.podcapture.testkit.cluster;

import io.podcapture.pcap.LinkType;
import java.util.List;

/** What tcpdump 4.99.3 with libpcap 1.10.3 prints on standard error; with {@code --version} on standard output. */
final class TcpdumpText {
    static final String VERSION = "tcpdump version 4.99.3\nlibpcap version 1.10.3 (with TPACKET_V3)\n";
    static final String ON_ANY = "tcpdump: data link type LINUX_SLL2\n";

    private TcpdumpText() {}

    /** libpcap has one sentence for all that its grammar does not have, and many for what its compiler refuses. */
    static String badFilter(String reason) {
        return "tcpdump: "
                + (reason.startsWith("syntax error") ? "can't parse filter expression: syntax error" : reason) + "\n";
    }

    static String noSuchDevice(String name) {
        return "tcpdump: " + name + ": No such device exists\n(No such device exists)\n";
    }

    /** Returns the one line by which it is known to listen, in the parts that it writes one after the other. */
    static List<String> listening(String name, LinkType linkType, int snaplen) {
        String type = linkType.equals(LinkType.LINUX_SLL2) ? "LINUX_SLL2 (Linux cooked v2)" : "EN10MB (Ethernet)";
        return List.of(
                "tcpdump: ",
                "listening on " + name,
                ", link-type " + type + ", snapshot length " + snaplen + " bytes\n");
    }

    /** Returns the counts when it is asked while it runs. */
    static String told(KernelBuffer.Counts counts) {
        return "tcpdump: " + counts(counts, ", ") + "\n";
    }

    /** Returns the counts at its end. */
    static String ended(KernelBuffer.Counts counts) {
        return counts(counts, "\n") + "\n";
    }

    private static String counts(KernelBuffer.Counts counts, String separator) {
        return packets(counts.captured(), "captured")
                + separator
                + packets(counts.received(), "received by filter")
                + separator
                + packets(counts.dropped(), "dropped by kernel");
    }

    private static String packets(long count, String what) {
        return count + (count == 1 ? " packet " : " packets ") + what;
    }
}
