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
    /** What may become of it, in words. */
    static final String PASSED_OVER =
            "libpcap may have passed over the first packets, as it does where the filter asks for inbound, outbound or"
                    + " ifindex on an interface by its name; capture any, or leave it out of the filter";

    private static final Pattern ONE_COPY = keyword("inbound|outbound");
    private static final Pattern ASKED_OF_THE_KERNEL = keyword("inbound|outbound|ifindex");

    private FilterDirection() {}

    /**
     * Tells whether of a loopback packet, which comes in and goes out, only one copy passes. It looks for the words alone: of
     * {@code inbound or port 80} both may.
     */
    static boolean passesOneCopy(CaptureRequest request) {
        return ONE_COPY.matcher(request.filter()).find();
    }

    /** Tells whether the first packets may be passed over. */
    static boolean mayPassOver(CaptureRequest request) {
        return !request.interfaceName().equals("any")
                && ASKED_OF_THE_KERNEL.matcher(request.filter()).find();
    }

    // To libpcap names of hosts are words with dots and hyphens in them.
    private static Pattern keyword(String words) {
        return Pattern.compile("(?<![\\w.-])(" + words + ")(?![\\w.-])");
    }
}
