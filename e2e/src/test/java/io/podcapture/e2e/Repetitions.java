package io.podcapture.e2e;

import java.util.stream.IntStream;

/** How often repeated scenarios run: 5 times by default, more in the soak profile. */
final class Repetitions {
    private Repetitions() {}

    static IntStream all() {
        return IntStream.rangeClosed(1, count());
    }

    /** For scenarios that run side by side, where each would only wait. */
    static int count() {
        return Integer.getInteger("podcapture.repetitions", 5);
    }

    /** For methods other than exec and ephemeral: once by default. */
    static int ofOthers() {
        return Integer.getInteger("podcapture.repetitions.others", 1);
    }
}
