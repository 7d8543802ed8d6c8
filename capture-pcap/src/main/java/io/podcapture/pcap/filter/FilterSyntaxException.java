package io.podcapture.pcap.filter;

/**
 * A filter cannot be compiled: its text is not of the language, or asks for what the link type, this library or libpcap
 * itself does not have.
 *
 * @since 0.1
 */
public final class FilterSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int CONTEXT = 30;

    /** As {@link #expression()}. */
    private final String expression;

    /** As {@link #column()}. */
    private final int column;

    /** As {@link #reason()}. */
    private final String reason;

    FilterSyntaxException(String expression, int column, String reason) {
        super("bad filter at column " + column + ": " + reason + " (" + excerpt(expression, column) + ")");
        this.expression = expression;
        this.column = column;
        this.reason = reason;
    }

    /** The text around the column, with a mark in front of it: a filter may be long. */
    private static String excerpt(String expression, int column) {
        int at = column - 1;
        int from = Math.max(0, at - CONTEXT);
        int to = Math.min(expression.length(), at + CONTEXT);
        return (from > 0 ? "…" : "")
                + expression.substring(from, at)
                + "▸"
                + expression.substring(at, to)
                + (to < expression.length() ? "…" : "");
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
}
