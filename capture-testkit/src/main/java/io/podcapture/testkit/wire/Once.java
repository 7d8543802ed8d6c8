package io.podcapture.testkit.wire;

import org.jspecify.annotations.Nullable;

/** What a builder is told one time: a silent override would be another test than the one that is read. */
final class Once {
    private Once() {}

    static <T> T set(String property, @Nullable T before, T now) {
        if (before != null) {
            throw new IllegalStateException(property + " is already set to " + before + ", not set to " + now);
        }
        return now;
    }

    static int atLeast(int least, String property, int value) {
        if (value < least) {
            throw new IllegalArgumentException(property + " " + value + " is less than " + least);
        }
        return value;
    }
}
