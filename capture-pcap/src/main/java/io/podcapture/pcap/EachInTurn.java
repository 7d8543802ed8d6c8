package io.podcapture.pcap;

import java.io.IOException;
import java.util.List;

/** Does the same with each of several, with the others also where it fails with one: what is open must not stay so. */
final class EachInTurn {
    private EachInTurn() {}

    interface Action<T> {
        void with(T each) throws IOException;
    }

    /**
     * Does it with all.
     *
     * @throws IOException the first failure, with the later ones suppressed
     */
    static <T> void of(List<T> all, Action<T> action) throws IOException {
        IOException failure = null;
        for (T each : all) {
            try {
                action.with(each);
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
