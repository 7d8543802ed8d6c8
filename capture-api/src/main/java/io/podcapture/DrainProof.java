package io.podcapture;

/**
 * How it was proven that no packet was left in the kernel buffer when a capture was stopped.
 *
 * <p>May grow: a switch over it needs a default.
 *
 * @since 0.1
 */
public enum DrainProof {
    /** Everything the kernel had counted when the stop was asked for has arrived. */
    COUNTERS,
    /** The time within which the kernel hands packets over has passed, and the final counts agree. */
    HAND_OVER,
    /** It was not proven, or nothing needed to be: a capture ended by a packet limit is not drained. */
    NONE
}
