package io.podcapture;

/**
 * What a session does when packets were dropped.
 *
 * <p>May grow: a switch over it needs a default.
 *
 * @since 0.1
 */
public enum LossPolicy {
    /** Nothing: the loss stands in the statistics, and a lossy capture is accepted as it is. */
    IGNORE,
    /** Names the loss among the warnings of the result. */
    WARN,
    /** Makes {@code stop()} throw {@link FailureReason#PACKETS_LOST}, after the file is written. */
    FAIL
}
