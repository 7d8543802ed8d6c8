package io.podcapture;

import io.podcapture.spi.CaptureRequest;
import java.util.regex.Pattern;

/**
 * What a filter asks that only the kernel knows of a packet: whether it comes in or goes out, and on which interface.
 *
 * <p>Until the first block of the kernel's buffer is read, libpcap filters once more by itself, for there may be packets from
 * before the filter; it knows these things only from the headers of {@code any}, and elsewhere passes over all packets of that
 * block. Seen with 1.10.3.
 */
final class FilterDirection {
    /** What becomes of it, in words. */
    static final String LOSS =
            "libpcap passes over the first packets where the filter asks for inbound, outbound or ifindex"
                    + " on another interface than any; capture any, or leave it out of the filter";

    private static final Pattern COPIES = Pattern.compile("\\b(inbound|outbound)\\b");
    private static final Pattern KERNELS = Pattern.compile("\\b(inbound|outbound|ifindex)\\b");

    private FilterDirection() {}

    /** Tells whether of a loopback packet, which comes in and goes out, only one copy passes. */
    static boolean passesOneCopy(CaptureRequest request) {
        return COPIES.matcher(request.filter()).find();
    }

    /** Tells whether the first packets may be lost. */
    static boolean mayLosePackets(CaptureRequest request) {
        return !request.interfaceName().equals("any")
                && KERNELS.matcher(request.filter()).find();
    }
}
