package io.podcapture;

/**
 * Why a capture ended.
 *
 * <p>May grow: a switch over it needs a default.
 *
 * @since 0.1
 */
public enum EndCause {
    /** {@code stop()}, {@code close()} or {@code discard()} was called. */
    STOPPED,
    /** The longest duration was reached. */
    DURATION_LIMIT,
    /** The number of packets was reached. */
    PACKET_LIMIT,
    /** The number of octets was reached, that of the caller or that of the room which the method has. */
    BYTE_LIMIT,
    /** The thing whose packets were taken went away, a deleted pod for instance. */
    POINT_GONE,
    /** The tool ended by itself, or something between it and the file failed. */
    FAULT
}
