package io.podcapture.pcap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Failures of several things of which each is to be tried: the first, with the later ones suppressed. */
final class FirstFailure {
    private @Nullable IOException first;

    void add(IOException failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }

    /** Throws it, if there is one. */
    void rethrow() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}
