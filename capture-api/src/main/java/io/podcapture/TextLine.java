package io.podcapture;

import java.util.Objects;

/**
 * One line of what tcpdump prints of a packet, or of what is told between packets, in square brackets.
 *
 * <p>A packet has one line or more, which come one after the other.
 *
 * @param point whose packet it is
 * @param interfaceName the interface that was asked for, {@code any} for instance
 * @param prefix tells the captures of the session apart: the point's name, and the interface's where a point has several,
 *     with blanks behind; empty where the session has one capture
 * @param text as tcpdump prints it, without the line's end
 * @since 0.1
 */
public record TextLine(CapturePoint point, String interfaceName, String prefix, String text) {
    /** Checks that nothing is missing. */
    public TextLine {
        Objects.requireNonNull(point, "point");
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(text, "text");
    }

    /** Returns the line as a person reads it: the text behind the prefix. */
    @Override
    public String toString() {
        return prefix + text;
    }
}
