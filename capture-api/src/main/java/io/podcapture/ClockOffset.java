package io.podcapture;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the clock that stamps the packets of a capture point is ahead of this machine's.
 *
 * @param offset what to add to a time of this machine to get that of the packets; negative where their clock is behind
 * @param error how far off that may be, never negative
 * @since 0.1
 */
public record ClockOffset(Duration offset, Duration error) {
    /** Returns the earliest time that packets of this moment may be stamped with. */
    Instant earliest(Instant moment) {
        return moment.plus(offset).minus(error);
    }

    /** Returns the latest time that packets of this moment may be stamped with. */
    Instant latest(Instant moment) {
        return moment.plus(offset).plus(error);
    }
}
