package io.podcapture;

import io.podcapture.spi.Ending;
import io.podcapture.spi.ToolCounters;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges how whole a capture is. Each proof that is missing makes it TRUNCATED: the end of a stream alone proves nothing.
 *
 * @param outcome how whole it is
 * @param reason what failed, if something did
 * @param explanation in words what is missing; empty when it is complete
 */
record Verdict(Outcome outcome, Optional<FailureReason> reason, String explanation) {
    /**
     * What a capture left.
     *
     * @param cause why the session ended it; what the method says if the session did not
     * @param ending what the method says
     * @param headerSeen whether the file header arrived
     * @param records whole records in the file
     * @param loopback those of a loopback interface
     * @param cut octets behind the last whole record
     * @param drain how it was proven that the kernel's buffer was empty
     * @param maybePassedOver whether the tool may have taken packets that it was handed and not captured them
     * @param pointGone what happened to the point; empty if it is still there
     */
    record Evidence(
            EndCause cause,
            Ending ending,
            boolean headerSeen,
            long records,
            long loopback,
            long cut,
            DrainProof drain,
            boolean maybePassedOver,
            String pointGone) {}

    static Verdict of(Evidence e) {
        Ending ending = e.ending();
        if (!e.headerSeen() || e.records() == 0 && !ending.proven()) {
            return new Verdict(Outcome.FAILED, reason(e), "nothing was captured: " + words(e));
        }
        if (!ending.proven()) {
            return truncated(e, words(e));
        }
        if (isBrokenOffAfterTheStop(e)) {
            return ofWholeStream(e, ending.counters());
        }
        if (e.cut() > 0) {
            return truncated(e, "the stream ends in the middle of a packet, " + e.cut() + " octets were cut off");
        }
        ToolCounters counters = ending.counters();
        if (counters.captured().isEmpty()) {
            return truncated(
                    e, "the tool did not tell how many packets it captured, so nothing proves that all are here");
        }
        if (counters.captured().getAsLong() != e.records()) {
            return truncated(e, "the tool captured " + counters.captured().getAsLong() + " packets");
        }
        if (e.cause() == EndCause.FAULT) {
            return truncated(e, ending.explanation());
        }
        if (e.cause() == EndCause.POINT_GONE) {
            return truncated(e, e.pointGone() + " while it was captured");
        }
        return ofWholeStream(e, counters);
    }

    // A signal breaks off a write that waits for room, and tcpdump gives up the packet it was writing, no other.
    // After a proof by the counters that packet came after the stop.
    private static boolean isBrokenOffAfterTheStop(Evidence e) {
        return e.drain() == DrainProof.COUNTERS
                && (e.cause() == EndCause.STOPPED
                        || e.cause() == EndCause.DURATION_LIMIT
                        || e.cause() == EndCause.BYTE_LIMIT)
                && e.ending().counters().captured().equals(OptionalLong.of(e.records() + 1));
    }

    private static Verdict ofWholeStream(Evidence e, ToolCounters counters) {
        OptionalLong handed = Drain.handedToTool(counters);
        if (handed.isPresent() && (e.maybePassedOver() || !isEndedByTool(e))) {
            long left = handed.getAsLong() - e.records() - e.loopback();
            if (e.maybePassedOver() && left > 0) {
                // Whether they were, or came after the stop, no count tells.
                return truncated(e, FilterDirection.PASSED_OVER);
            }
            // After a proof by the counters, what is left came after the stop. Less than nothing refutes the proof,
            // unless one copy of a loopback packet was dropped and the other captured.
            boolean refuted = left < 0 && counters.droppedByKernel().orElse(0) == 0;
            if (refuted || left > 0 && e.drain() != DrainProof.COUNTERS) {
                return truncated(
                        e,
                        "the kernel handed out " + handed.getAsLong() + " packets, loopback ones twice,"
                                + " which does not agree with the file: packets were left in its buffer");
            }
        }
        long dropped = counters.droppedByKernel().orElse(0)
                + counters.droppedByInterface().orElse(0);
        if (dropped > 0) {
            return new Verdict(
                    Outcome.LOSSY,
                    Optional.of(FailureReason.PACKETS_LOST),
                    dropped + " packets were dropped, "
                            + counters.droppedByKernel().orElse(0)
                            + " of them by the kernel; a filter, a smaller snaplen or a larger kernel buffer helps");
        }
        return new Verdict(Outcome.COMPLETE, Optional.empty(), "");
    }

    // What a tool leaves in the kernel's buffer when it has enough came after what was wanted.
    private static boolean isEndedByTool(Evidence e) {
        EndCause cause = e.ending().cause();
        return e.cause() == EndCause.PACKET_LIMIT || cause == EndCause.BYTE_LIMIT && e.cause() == cause;
    }

    private static Verdict truncated(Evidence e, String why) {
        return new Verdict(Outcome.TRUNCATED, reason(e), why + "; the file has " + e.records() + " whole packets");
    }

    private static Optional<FailureReason> reason(Evidence e) {
        return e.cause() == EndCause.POINT_GONE
                ? Optional.of(FailureReason.TARGET_NOT_FOUND)
                : e.ending().reason().or(() -> Optional.of(FailureReason.INCOMPLETE));
    }

    private static String words(Evidence e) {
        return e.pointGone().isEmpty() ? e.ending().explanation() : e.pointGone() + " while it was captured";
    }
}
