package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Failures of several things of which each is to be tried: the first, with the later ones suppressed. */
final class FirstFailure {
    private @Nullable Exception first;

    /** What is complete only when that says so. */
    interface Committed {
        void commit() throws IOException;
    }

    /** Closes it; what it throws is kept, also what it should not throw, so that the next is closed too. */
    void close(Closeable one) {
        try {
            one.close();
        } catch (IOException | RuntimeException e) {
            add(e);
        }
    }

    /** Commits it; what it throws is kept, as by {@link #close}. */
    void commit(Committed one) {
        try {
            one.commit();
        } catch (IOException | RuntimeException e) {
            add(e);
        }
    }

    private void add(Exception failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    /** Throws it, if there is one. */
    void rethrow() throws IOException {
        if (first instanceof IOException e) {
            throw e;
        }
        if (first instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Leaves it to another failure, that made it needful to close. */
    void suppressedBy(Throwable other) {
        if (first != null && first != other) {
            other.addSuppressed(first);
        }
    }
}
