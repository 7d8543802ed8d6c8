package io.podcapture;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A moment of a session that somebody gave a name.
 *
 * @param time by the session's clock
 * @param text what happened then
 * @since 0.1
 */
public record Mark(Instant time, String text) {
    /** Returns them as the end of a comment, a line each. */
    static String lines(List<Mark> marks) {
        return marks.stream().map(mark -> "\nmark " + mark).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return time + " " + text;
    }
}
