package io.podcapture.spi;

/**
 * What a tcpdump calls itself in front of its messages.
 *
 * @param own the last part of the path by which it was started
 */
record ToolName(String own) {
    static final ToolName USUAL = new ToolName("tcpdump");

    /** Returns a line as it reads where the tool goes by its usual name. */
    String usual(String line) {
        return line.startsWith(own + ": ") ? USUAL.own + line.substring(own.length()) : line;
    }
}
