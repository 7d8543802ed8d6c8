package io.podcapture.pcap.filter;

import java.io.IOException;

/**
 * A filter cannot be compiled: its text is not of the language, or asks for what the link type, this library or libpcap
 * itself does not have.
 *
 * <p>One of the input faults, as {@link io.podcapture.pcap.PcapFormatException} is: which programs a filter needs is known
 * only when a file's link types are.
 *
 * @since 0.1
 */
public final class FilterSyntaxException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 30;

    /** As {@link #expression()}. */
    private final String expression;

    /** As {@link #column()}. */
    private final int column;

    /** As {@link #reason()}. */
    private final String reason;

    /** As {@link #isMalformed()}. */
    private final boolean malformed;

    FilterSyntaxException(String expression, int column, String reason) {
        this(expression, column, reason, false);
    }

    FilterSyntaxException(String expression, int column, String reason, boolean malformed) {
        super("bad filter at column " + column + " (" + at(expression, column - 1) + "): " + reason);
        this.expression = expression;
        this.column = column;
        this.reason = reason;
        this.malformed = malformed;
    }

    /** The text from there on, as far as it helps to find the place: a filter may be long. */
    private static String at(String expression, int index) {
        if (index == expression.length()) {
            return "its end";
        }
        int end = Math.min(expression.length(), index + SHOWN);
        return '"' + expression.substring(index, end) + (end < expression.length() ? "..." : "") + '"';
    }

    /** {@return the filter's text} */
    public String expression() {
        return expression;
    }

    /**
     * {@return where in the text the fault is, in characters from 1} One more than the length of the text if it ends too
     * early.
     */
    public int column() {
        return column;
    }

    /** {@return what was seen and what was expected or is possible, without the place} */
    public String reason() {
        return reason;
    }

    /**
     * {@return whether every libpcap refuses the text, of whatever version and on whatever link type} If not, another one
     * may accept it: a later version, a link type that this library has no filters for, or a machine that knows the name.
     */
    public boolean isMalformed() {
        return malformed;
    }
}
