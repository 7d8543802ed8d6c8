package io.podcapture.pcap.filter;

import java.util.Set;

/** A filter's text, and the place in it that is being compiled: faults are found far from the text, and told there. */
final class Source {
    /** Words of later libpcaps than this knows: what stands behind them may be right. */
    static final Set<String> LATER_WORDS = Set.of("vxlan");

    /** Words of this that earlier ones take for names of hosts. */
    private static final Set<String> NAMES_BEFORE = Set.of(
            "geneve", "ifindex", "hfisu", "hlssu", "hmsu", "hsio", "hopc", "hdpc", "hsls", "pppoed", "pppoes", "llc");

    final String text;
    private int place;

    Source(String text) {
        this.text = text;
    }

    /** What is refused from now on is refused because of the word there. */
    void at(Token token) {
        place = token.start();
    }

    /** One that is told only if it turns out that the value is needed. */
    Quantity.Refusal refusal(String reason) {
        return new Quantity.Refusal(place, reason);
    }

    FilterSyntaxException refused(String reason) {
        return refused(place, reason);
    }

    FilterSyntaxException refused(int index, String reason) {
        return new FilterSyntaxException(text, index + 1, reason);
    }

    /** Parentheses are in no other word, so that they can be counted without reading the words. */
    void checkParentheses() throws FilterSyntaxException {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open < 0) {
                throw new FilterSyntaxException(text, i + 1, "syntax error: a ')' without its '('", true);
            }
        }
        if (open > 0) {
            throw new FilterSyntaxException(
                    text, text.length() + 1, "syntax error: the end where ')' was expected", true);
        }
    }

    /** What every libpcap refuses, of whatever version and on whatever link type. */
    FilterSyntaxException malformed(String reason) {
        return malformed(place, reason);
    }

    FilterSyntaxException malformed(int index, String reason) {
        int end = index;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        String word = text.substring(index, end);
        boolean known = !LATER_WORDS.contains(word) && !NAMES_BEFORE.contains(word);
        return new FilterSyntaxException(text, index + 1, reason, known);
    }
}
