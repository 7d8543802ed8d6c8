package io.podcapture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a session went, and where its packets are. Immutable.
 *
 * @since 0.1
 */
public sealed interface CaptureResult permits SessionReport {
    /** Returns the session's id, the mark that everything made for it in a cluster carries. */
    String sessionId();

    /** Returns how whole the capture is, all points together. */
    Outcome outcome();

    /** Returns one result per target. */
    List<TargetResult> targets();

    /** Returns one result per capture point and interface, over all targets. */
    default List<PointResult> points() {
        return targets().stream().flatMap(target -> target.points().stream()).toList();
    }

    /** Returns the merged capture file; empty when there is nothing to put in it, or it could not be written. */
    Optional<Path> file();

    /** Returns the manifest, a JSON file that says all that this result says; empty when it could not be written. */
    Optional<Path> manifest();

    /** Returns the part files that stayed since the merged file could not be written. */
    List<Path> parts();

    /** Returns what was made and could not be removed, in words. */
    List<String> leftovers();

    /** Returns what the caller should know, in words. */
    List<String> warnings();

    /** Returns the marks that were set, in their order. */
    List<Mark> marks();

    /** Returns when the session was asked to start. */
    Instant started();

    /** Returns when the last capture had ended. */
    Instant ended();

    /** Returns in words what is missing or failed, one line per point; empty when all are complete. */
    String explanation();

    /**
     * Returns if the capture is complete, or lossy where {@link LossPolicy#IGNORE} accepts that.
     *
     * @return this result
     * @throws CaptureException {@link FailureReason#INCOMPLETE} or {@link FailureReason#PACKETS_LOST}, with what is missing
     */
    CaptureResult requireComplete();

    /**
     * Opens the merged file, for reading its packets in order of time.
     *
     * @throws CaptureException {@link FailureReason#INCOMPLETE} if there is no file
     * @throws IOException if it cannot be read
     */
    CapturedPackets packets() throws IOException;
}
