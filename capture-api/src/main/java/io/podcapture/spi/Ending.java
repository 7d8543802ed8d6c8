package io.podcapture.spi;

import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import java.util.Objects;
import java.util.Optional;

/**
 * How a running capture ended, as far as its method knows.
 *
 * @param cause why; a method says {@link EndCause#STOPPED}, {@link EndCause#PACKET_LIMIT}, {@link
 *     EndCause#BYTE_LIMIT} or {@link EndCause#FAULT}
 * @param proven whether the method has proof that the whole stream of the tool is in the sink; the end of a stream alone is
 *     none
 * @param counters what the tool counted
 * @param reason what kind of failure it was, if it was one
 * @param explanation the failure in words; empty if there was none
 * @since 0.1
 */
public record Ending(
        EndCause cause, boolean proven, ToolCounters counters, Optional<FailureReason> reason, String explanation) {
    /** Checks that nothing is missing. */
    public Ending {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(counters, "counters");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(explanation, "explanation");
    }

    /** Makes the ending of a stream that is proven whole. */
    public static Ending whole(EndCause cause, ToolCounters counters) {
        return new Ending(cause, true, counters, Optional.empty(), "");
    }

    /** Makes the ending of a stream that broke, or whose end is not proven. */
    public static Ending cut(FailureReason reason, String explanation) {
        return new Ending(EndCause.FAULT, false, ToolCounters.UNKNOWN, Optional.of(reason), explanation);
    }
}
