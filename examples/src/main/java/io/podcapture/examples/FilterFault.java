package io.podcapture.examples;

import io.podcapture.pcap.filter.FilterSyntaxException;

/** A filter that was typed wrong, in words and with a mark below the place. */
final class FilterFault {
    private FilterFault() {}

    static IllegalArgumentException of(FilterSyntaxException e) {
        return new IllegalArgumentException(inWords(e), e);
    }

    static String inWords(FilterSyntaxException e) {
        String shown = e.expression().replaceAll("\\s", " ");
        return e.getMessage() + System.lineSeparator() + "  " + shown + System.lineSeparator() + "  "
                + " ".repeat(e.column() - 1) + "^";
    }
}
