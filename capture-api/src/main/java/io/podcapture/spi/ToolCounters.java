package io.podcapture.spi;

import java.util.OptionalLong;

/**
 * What a capture tool counts, at one moment. A count that it did not tell is empty, never zero.
 *
 * @param captured packets that the tool has written
 * @param received packets that passed the filter in the kernel, dropped ones and those still in its buffer included; packets
 *     of a loopback interface count twice
 * @param droppedByKernel packets that found the kernel buffer full
 * @param droppedByInterface packets that the network interface dropped
 * @since 0.1
 */
public record ToolCounters(
        OptionalLong captured, OptionalLong received, OptionalLong droppedByKernel, OptionalLong droppedByInterface) {
    /** No count at all. */
    public static final ToolCounters UNKNOWN =
            new ToolCounters(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** Makes counts of a tool that tells the three usual ones. */
    public static ToolCounters of(long captured, long received, long droppedByKernel) {
        return new ToolCounters(
                OptionalLong.of(captured),
                OptionalLong.of(received),
                OptionalLong.of(droppedByKernel),
                OptionalLong.empty());
    }
}
