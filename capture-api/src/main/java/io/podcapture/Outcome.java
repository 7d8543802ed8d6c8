package io.podcapture;

/**
 * How much of the traffic a finished capture holds, judged by proof and not by hope.
 *
 * <p>May grow: a switch over it needs a default.
 *
 * @since 0.1
 */
public enum Outcome {
    /** The stream was proven whole, and nothing was dropped or left behind: every packet is there. */
    COMPLETE,
    /** The stream was proven whole, but the kernel or the interface dropped packets, and their number is known. */
    LOSSY,
    /** The capture ends early or cannot be proven whole; what is there is readable, up to a whole packet. */
    TRUNCATED,
    /** There is nothing that could be used. */
    FAILED
}
