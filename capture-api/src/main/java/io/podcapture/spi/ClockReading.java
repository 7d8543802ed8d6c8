package io.podcapture.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * What a clock elsewhere said, at some moment between the question and its answer.
 *
 * @param time what it said
 * @param error how far off that may be: half of what the clock is divided into, half a second where it tells only seconds
 * @since 0.1
 */
public record ClockReading(Instant time, Duration error) {}
