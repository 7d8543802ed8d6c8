package io.podcapture.testkit.wire;

import java.util.function.Consumer;

/** Takes packets out of a kernel buffer at its own pace, as virtual time goes on. */
final class PacedReader {
    private static final double NANOS = 1_000_000_000;

    private final KernelBuffer buffer;
    private final Events events;
    private final long octetsPerSecond;
    private final Consumer<WirePacket> taker;
    private boolean reading;
    private boolean stopped;

    PacedReader(KernelBuffer buffer, Events events, long octetsPerSecond, Consumer<WirePacket> taker) {
        this.buffer = buffer;
        this.events = events;
        this.octetsPerSecond = octetsPerSecond;
        this.taker = taker;
    }

    /** Reads on, if something was handed over. */
    void wake() {
        WirePacket first = buffer.first();
        if (!reading && !stopped && first != null) {
            reading = true;
            long taken = (long) (first.capturedLength() * NANOS / octetsPerSecond);
            events.after(taken, this::takeFirst);
        }
    }

    private void takeFirst() {
        reading = false;
        WirePacket first = buffer.first();
        if (!stopped && first != null) {
            buffer.remove();
            taker.accept(first);
            wake();
        }
    }

    void stop() {
        stopped = true;
    }
}
