package io.podcapture.spi;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.List;
import java.util.Locale;

/** Tells from tcpdump's last words why it did not begin. */
final class TcpdumpFailure {
    // libpcap's compiler has some dozens of complaints; these words are in all that a user can cause.
    private static final List<String> ABOUT_FILTERS = List.of(
            "filter expression",
            "syntax error",
            "parse error",
            "illegal",
            "expression rejects all packets",
            "unknown host",
            "unknown port",
            "unknown protocol",
            "unknown ip proto",
            "unknown ether",
            "unknown network",
            "unknown osi",
            "unknown value",
            "not supported",
            "supported only",
            "only supported",
            "filters supported",
            "supports link-level",
            "not implemented",
            "is not a valid",
            "invalid ",
            "out of range",
            "overflows",
            "greater than maximum",
            "applies only to",
            "applied to",
            "too deep",
            "too many registers",
            "must be",
            "can't be used",
            "bad number",
            "bogus",
            "non-network bits",
            "mask syntax",
            "resolved to multiple",
            "requires a name",
            "no vlan support",
            "no mpls support",
            "by zero",
            "shift by more",
            "' is udp",
            "' is tcp");

    private static final List<String> NOT_ABOUT_FILTERS =
            List.of("invalid argument", "invalid option", "rx ring", "cannot allocate", "socket");

    private TcpdumpFailure() {}

    static CaptureException of(CaptureRequest request, int status, List<String> said) {
        String words = said.isEmpty() ? "it said nothing" : String.join("; ", said);
        String interfaceName = request.interfaceName();
        String lower = words.toLowerCase(Locale.ROOT);
        if (status == 127 || status == 126) {
            return new CaptureException(
                    FailureReason.TOOL_MISSING,
                    "there is no tcpdump that can be run (" + words + "); name a container or an image that has it");
        }
        if (lower.contains("no such device") || lower.contains("that device doesn't support")) {
            return new CaptureException(
                    FailureReason.INTERFACE_NOT_FOUND,
                    "tcpdump cannot open interface \"" + interfaceName + "\": " + words
                            + "; \"any\" takes all interfaces");
        }
        if (lower.contains("have permission")
                || lower.contains("permission denied")
                || lower.contains("operation not permitted")) {
            return new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    "tcpdump lacks a right: " + words + "; it needs the capability NET_RAW and, to change its user,"
                            + " SETUID and SETGID");
        }
        boolean aboutSocket = NOT_ABOUT_FILTERS.stream().anyMatch(lower::contains);
        if (!aboutSocket
                && !request.filter().isBlank()
                && ABOUT_FILTERS.stream().anyMatch(lower::contains)) {
            return new CaptureException(
                    FailureReason.FILTER_REJECTED,
                    "tcpdump rejected filter \"" + request.filter() + "\": " + words.replace("tcpdump: ", ""));
        }
        return new CaptureException(
                FailureReason.PROCESS_FAILED, "tcpdump ended with status " + status + " before it listened: " + words);
    }
}
