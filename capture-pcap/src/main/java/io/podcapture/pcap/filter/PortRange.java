package io.podcapture.pcap.filter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text behind portrange.
 *
 * @param from not ordered with {@code to}, and perhaps too large
 * @param protocol the number of TCP or UDP if both ends are names of it, else 0
 */
record PortRange(long from, long to, int protocol) {
    /** What stands behind the second number is not looked at, as libpcap does not. */
    private static final Pattern NUMBERS = Pattern.compile("0*(\\d{1,9})\\d*-0*(\\d{1,9}).*");

    /** Null if it is none. */
    static @Nullable PortRange of(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.matches()) {
            return new PortRange(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)), 0);
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            return null;
        }
        ServiceNames.Service from = ServiceNames.port(text.substring(0, dash));
        ServiceNames.Service to = ServiceNames.port(text.substring(dash + 1));
        if (from == null || to == null) {
            return null;
        }
        return new PortRange(from.port(), to.port(), from.protocol() == to.protocol() ? from.protocol() : 0);
    }
}
