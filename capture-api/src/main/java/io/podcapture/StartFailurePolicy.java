package io.podcapture;

/**
 * What a session does when one of its capture points cannot start.
 *
 * <p>May grow: a switch over it needs a default.
 *
 * @since 0.1
 */
public enum StartFailurePolicy {
    /** Ends all of them and throws; nothing is left behind. */
    FAIL_ALL,
    /** Goes on with the rest; the failed point is in the result. At least one must start. */
    GO_ON
}
