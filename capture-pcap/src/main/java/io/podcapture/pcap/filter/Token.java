package io.podcapture.pcap.filter;

/**
 * One word of a filter.
 *
 * @param word what it is
 * @param text as written; a name without the backslash in front of it
 * @param number the value of a {@link Word#NUMBER}, unsigned; else 0
 * @param start index of its first character
 */
record Token(Word word, String text, int number, int start) {
    String described() {
        return switch (word) {
            case END -> "the end";
            case UNKNOWN -> "the character " + text;
            case NUMBER -> "number " + text;
            case NAME -> "name " + text;
            case IPV4, IPV6, MAC, AID -> "address " + text;
            default -> "'" + text + "'";
        };
    }
}
