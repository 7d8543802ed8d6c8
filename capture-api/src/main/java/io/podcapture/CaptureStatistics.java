package io.podcapture;

import java.util.OptionalLong;

/**
 * What was counted during a capture. A count that nobody told is empty, never zero.
 *
 * @since 0.1
 */
public sealed interface CaptureStatistics permits Statistics {
    /** Returns the packets in the capture file. */
    long packets();

    /** Returns the octets of the capture stream, headers included. */
    long octets();

    /** Returns the packets that the tool says it captured. */
    OptionalLong captured();

    /**
     * Returns the packets that passed the filter in the kernel. More than captured: packets on a loopback interface are
     * received twice and captured once, and what arrives while the tool ends is received and not captured.
     */
    OptionalLong received();

    /** Returns the packets that the kernel dropped since its buffer was full. */
    OptionalLong droppedByKernel();

    /** Returns the packets that the network interface dropped; told by tcpdump only when there are some. */
    OptionalLong droppedByInterface();

    /** Returns the size in octets of the kernel buffer that was asked for. */
    long kernelBuffer();

    /** Returns the packets that are known to be lost: dropped by the kernel and by the interface. */
    default long dropped() {
        return droppedByKernel().orElse(0) + droppedByInterface().orElse(0);
    }
}
