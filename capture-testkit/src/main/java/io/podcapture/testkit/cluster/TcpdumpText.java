package io.podcapture.testkit.cluster;

import io.podcapture.pcap.LinkType;
import java.util.List;

/**
 * What tcpdump 4.99.3 with libpcap 1.10.3 prints on standard error; its version on standard output.
 *
 * @param name what it was called by
 */
record TcpdumpText(String name) {
    String version() {
        return name + " version 4.99.3\nlibpcap version 1.10.3 (with TPACKET_V3)\n";
    }

    String onAny() {
        return message("data link type LINUX_SLL2");
    }

    /** Returns a line in its own name. */
    String message(String words) {
        return name + ": " + words + "\n";
    }

    /** libpcap has one sentence for all that its grammar does not have, and many for what its compiler refuses. */
    String badFilter(String reason) {
        return message(reason.startsWith("syntax error") ? "can't parse filter expression: syntax error" : reason);
    }

    String noSuchDevice(String device) {
        return message(device + ": No such device exists") + "(No such device exists)\n";
    }

    String denied(String device) {
        return message(device + ": You don't have permission to perform this capture on that device")
                + "(socket: Operation not permitted)\n";
    }

    /** Returns the one line by which it is known to listen, in the parts that it writes one after the other. */
    List<String> listening(String device, LinkType linkType, int snaplen) {
        String type = linkType.equals(LinkType.LINUX_SLL2) ? "LINUX_SLL2 (Linux cooked v2)" : "EN10MB (Ethernet)";
        return List.of(
                name + ": ",
                "listening on " + device,
                ", link-type " + type + ", snapshot length " + snaplen + " bytes\n");
    }

    /** Returns the counts when it is asked while it runs. */
    String told(KernelBuffer.Counts counts) {
        return message(counts(counts, ", "));
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
