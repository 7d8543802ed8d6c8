package io.podcapture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time window cut out of a session, in a file of its own. Immutable.
 *
 * <p>The window is in this machine's time. Packets are stamped by the clock of the node they were captured on, so the window is
 * moved by that clock's offset and widened by the error of knowing it: the file may begin a little early and end a little late.
 *
 * @since 0.1
 */
public sealed interface Snapshot permits SnapshotReport {
    /** Returns the file. */
    Path file();

    /** Returns the manifest, a JSON file that says all that this says; empty when it could not be written. */
    Optional<Path> manifest();

    /**
     * Returns how whole the window is, all points together. Packets that were dropped are told for the session so far: nobody
     * counts them by the second.
     */
    Outcome outcome();

    /** Returns in words what is missing, one line per point; empty when all are complete. */
    String explanation();

    /** Returns the first moment of the window; empty where it has all from the start of the session. */
    Optional<Instant> from();

    /** Returns the last moment of the window. */
    Instant to();

    /** Returns how many packets the file has. */
    long packetCount();

    /** Returns the marks set in the window. */
    List<Mark> marks();

    /** Returns how whole it is for each capture point and interface. */
    List<SnapshotPoint> points();

    /**
     * Opens the file, for reading its packets in order of time.
     *
     * @throws IOException if it cannot be read
     */
    CapturedPackets packets() throws IOException;
}
