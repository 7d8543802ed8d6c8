package io.podcapture;

/**
 * Why something failed, split by what the caller does next.
 *
 * <p>May grow: a switch over it needs a default.
 *
 * @since 0.1
 */
public enum FailureReason {
    /** The target, or the container named in it, does not exist. */
    TARGET_NOT_FOUND,
    /** The caller lacks a right; the message names it. */
    FORBIDDEN,
    /** A policy of the cluster refuses what the method would create; the message has its words. */
    POLICY_DENIED,
    /** The method cannot capture such a target; another one may. */
    UNSUPPORTED,
    /** The tool, or the shell it needs, is not where the method looks for it. */
    TOOL_MISSING,
    /** The image of a helper cannot be had. */
    IMAGE_UNAVAILABLE,
    /** The capture filter is wrong; the message has the place, if it was found before anything started, or the tool's words. */
    FILTER_REJECTED,
    /** The network interface does not exist there. */
    INTERFACE_NOT_FOUND,
    /** The capture was not ready in time. */
    START_TIMEOUT,
    /** The connection to the capture broke or went silent. */
    STREAM_LOST,
    /** The tool ended with an error. */
    PROCESS_FAILED,
    /** The capture file could not be written. */
    OUTPUT_FAILED,
    /** The capture did not end in time after it was asked to. */
    STOP_TIMEOUT,
    /** No method of the choice works for the capture point; the message says why for each. */
    NO_USABLE_METHOD,
    /** The session was closed, or its thread interrupted, while it started. */
    CANCELLED,
    /** A capture that was required to be complete is not. */
    INCOMPLETE,
    /** Packets were dropped where the caller does not accept that. */
    PACKETS_LOST
}
