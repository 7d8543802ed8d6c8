package io.podcapture.junit5;

import io.podcapture.Snapshot;
import java.nio.file.Path;

/**
 * The capture that runs while a test does, for a parameter of the test. A test cannot stop it: its class may share it.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class TestCapture {
    private final CapturedTest test;

    TestCapture(CapturedTest test) {
        this.test = test;
    }

    /**
     * Writes what was captured since the test began into a pcapng file, for the test to look at: every packet sent before this
     * call is in it. Blocks until they have arrived, most often for about a second. The file is deleted when the test ends.
     *
     * @throws IllegalStateException if no capture runs, because it could not start and is not required
     * @throws io.podcapture.CaptureException if the file cannot be written
     */
    public Path snapshot() {
        return snapshotWithProof().file();
    }

    /** Writes a file as {@link #snapshot} does, and tells how whole it is. */
    public Snapshot snapshotWithProof() {
        return test.snapshot();
    }

    /**
     * Gives this moment a name: it is in the comment and the manifest of each file that has it.
     *
     * @throws IllegalStateException if no capture runs, because it could not start and is not required
     */
    public void mark(String text) {
        test.mark(text);
    }
}
