package io.podcapture.junit5;

import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** Tells a failure from a test that found that it cannot run here. */
final class Failures {
    private Failures() {}

    static boolean isFailure(Optional<Throwable> thrown) {
        return thrown.filter(e -> !(e instanceof TestAbortedException)).isPresent();
    }

    /** Returns a failure in one line. */
    static String inWords(Throwable failure) {
        String message = failure.getMessage();
        String words = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        return oneLine(words);
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
