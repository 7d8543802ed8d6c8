package io.podcapture.testkit.cluster;

import io.podcapture.pcap.filter.PacketFilter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The kernel's buffer for one capture: a block of packets is handed over when it is full, or some time after its first
 * (TPACKET_V3). Guarded by itself.
 */
final class KernelBuffer {
    private static final int BLOCK = 262_144;
    /** Header, address and alignment of a packet. */
    private static final int OVERHEAD = 80;

    private final PacketFilter filter;
    private final int snaplen;
    private final long capacity;
    private final long timeoutNanos;
    private final Queue<SimulatedFrame> held = new ArrayDeque<>();
    private int handedOver;
    private long octets;
    private long octetsOfBlock;
    private long due;
    private long received;
    private long dropped;
    private long captured;
    private boolean stopped;

    /**
     * What is counted.
     *
     * @param captured packets that were taken
     * @param received packets that passed the filter
     * @param dropped packets that found no room
     */
    record Counts(long captured, long received, long dropped) {}

    /**
     * Makes a buffer.
     *
     * @param capacity in octets; at least one block is given
     */
    KernelBuffer(PacketFilter filter, int snaplen, long capacity, Duration timeout) {
        this.filter = filter;
        this.snaplen = snaplen;
        this.capacity = Math.max(BLOCK, capacity);
        this.timeoutNanos = timeout.toNanos();
    }

    synchronized void offer(SimulatedFrame frame) {
        if (stopped || !filter.matches(frame.octets(), 0, frame.length(), frame.length())) {
            return;
        }
        received++;
        int taken = Math.min(snaplen, frame.length()) + OVERHEAD;
        if (octets + taken > capacity) {
            dropped++;
            return;
        }
        if (held.size() == handedOver) {
            due = System.nanoTime() + timeoutNanos;
            octetsOfBlock = 0;
        }
        held.add(frame);
        octets += taken;
        octetsOfBlock += taken;
        if (octetsOfBlock > BLOCK) {
            handOver();
        }
        notifyAll();
    }

    private void handOver() {
        handedOver = held.size();
    }

    /** Waits for the next packet; empty when the capture was stopped. */
    synchronized Optional<SimulatedFrame> take() throws InterruptedException {
        while (!stopped) {
            if (handedOver > 0) {
                SimulatedFrame frame = held.remove();
                handedOver--;
                octets -= Math.min(snaplen, frame.length()) + OVERHEAD;
                if (!frame.isOutgoingLoopback()) {
                    captured++;
                    return Optional.of(frame);
                }
            } else if (held.isEmpty()) {
                wait();
            } else {
                long left = due - System.nanoTime();
                if (left <= 0) {
                    handOver();
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            }
        }
        return Optional.empty();
    }

    /** Stops the capture: what is in the buffer stays there. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized Counts counts() {
        return new Counts(captured, received, dropped);
    }
}
