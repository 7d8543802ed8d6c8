package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import java.util.List;
import java.util.Locale;

/** Tells from libpcap's code and words why it does not capture. */
final class LiveFailure {
    private static final String GRANT =
            "; run as root, or grant the capability NET_RAW: AmbientCapabilities=CAP_NET_RAW of"
                    + " systemd, or --cap-add NET_RAW of docker; on macOS the right to read /dev/bpf*";

    private final CaptureRequest request;

    LiveFailure(CaptureRequest request) {
        this.request = request;
    }

    /** Makes the failure of an interface that could not be opened. */
    CaptureException of(int code, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        String seen = "libpcap cannot open interface \"" + request.interfaceName() + "\": " + words;
        if (code == Libpcap.PERMISSION_DENIED
                || code == Libpcap.PROMISCUOUS_MODE_DENIED
                || lower.contains("not permitted")
                || lower.contains("permission denied")) {
            return new CaptureException(FailureReason.FORBIDDEN, seen + GRANT);
        }
        if (code == Libpcap.NO_SUCH_DEVICE || lower.contains("no such device")) {
            return new CaptureException(FailureReason.INTERFACE_NOT_FOUND, seen + thereAre(Libpcap.devices()));
        }
        if (code == Libpcap.INTERFACE_NOT_UP) {
            return new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    seen + "; bring it up: ip link set " + request.interfaceName() + " up");
        }
        return new CaptureException(FailureReason.PROCESS_FAILED, seen);
    }

    /** Makes the failure of a filter that libpcap does not take. */
    CaptureException ofFilter(String words) {
        return new CaptureException(
                FailureReason.FILTER_REJECTED, "libpcap rejected filter \"" + request.filter() + "\": " + words);
    }

    /** Makes the failure of an interface that can be read no more. */
    CaptureException whileRunning(String words) {
        List<String> there = Libpcap.devices();
        boolean vanished = !there.isEmpty() && !there.contains(request.interfaceName());
        return new CaptureException(
                vanished ? FailureReason.INTERFACE_NOT_FOUND : FailureReason.PROCESS_FAILED,
                "libpcap can read interface \"" + request.interfaceName() + "\" no more: " + words
                        + (vanished ? thereAre(there) : ""));
    }

    private static String thereAre(List<String> names) {
        return names.isEmpty() ? "" : "; there are " + String.join(", ", names);
    }
}
