package io.podcapture.pcap.filter;

/** Where addresses end in a text. Each search returns the place it began at if there is none. */
final class AddressText {
    private AddressText() {}

    static int hexRun(String text, int from, int most) {
        int end = from;
        while (end < text.length()
                && end - from < most
                && Character.digit(text.charAt(end), 16) >= 0
                && text.charAt(end) < 128) {
            end++;
        }
        return end;
    }

    /** Six groups of one or two digits with the same sign between them, three of four, or twelve digits. */
    static int macEnd(String text, int from) {
        int longest = from;
        for (char separator : new char[] {':', '-', '.'}) {
            longest = Math.max(longest, groups(text, from, separator, 6, 1, 2));
        }
        longest = Math.max(longest, groups(text, from, '.', 3, 4, 4));
        int run = hexRun(text, from, 12);
        return run == from + 12 ? Math.max(longest, run) : longest;
    }

    private static int groups(String text, int from, char separator, int count, int least, int most) {
        int end = from;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                if (end >= text.length() || text.charAt(end) != separator) {
                    return from;
                }
                end++;
            }
            int next = hexRun(text, end, most);
            if (next - end < least) {
                return from;
            }
            end = next;
        }
        return end;
    }

    /** What only a hardware address begins with and is none: two or more groups, each with colons behind it. */
    static int halfMacEnd(String text, int from) {
        int end = from;
        int groups = 0;
        while (true) {
            int digits = hexRun(text, end, 2);
            int next = digits;
            while (next < text.length() && text.charAt(next) == ':') {
                next++;
            }
            if (digits == end || next == digits) {
                return groups >= 2 ? end : from;
            }
            end = next;
            groups++;
        }
    }

    /** The longest address of IPv6: eight groups, or fewer around a double colon; the last two may be one of IPv4. */
    static int ipv6End(String text, int from) {
        int at = from;
        int groups = 0;
        boolean shortened = false;
        int longest = from;
        while (groups < 8) {
            if (!shortened && text.startsWith("::", at) && groups < 8) {
                shortened = true;
                at += 2;
                longest = groups <= 7 ? at : longest;
            } else if (groups > 0 && !(shortened && text.startsWith("::", at - 2))) {
                if (at >= text.length() || text.charAt(at) != ':') {
                    break;
                }
                at++;
            }
            if (groups + 2 <= (shortened ? 7 : 8)) {
                int ipv4 = dottedEnd(text, at);
                if (ipv4 > at && (shortened || groups == 6)) {
                    longest = Math.max(longest, ipv4);
                }
            }
            int end = hexRun(text, at, 4);
            if (end == at) {
                break;
            }
            at = end;
            groups++;
            if (shortened ? groups <= 7 : groups == 8) {
                longest = Math.max(longest, at);
            }
        }
        return longest;
    }

    private static int dottedEnd(String text, int from) {
        int end = from;
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                if (end >= text.length() || text.charAt(end) != '.') {
                    return from;
                }
                end++;
            }
            int start = end;
            while (end < text.length() && end - start < 3 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            if (end == start) {
                return from;
            }
        }
        return end;
    }
}
