package io.podcapture.testkit.wire;

import java.time.Duration;
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

    static int within(int least, int most, String property, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(property + " " + value + " is not within " + least + " to " + most);
        }
        return value;
    }

    static Duration notNegative(String property, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(property + " " + value + " is negative");
        }
        return value;
    }
}
