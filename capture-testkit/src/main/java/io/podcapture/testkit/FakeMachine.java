package io.podcapture.testkit;

import io.podcapture.CapturePoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A machine in memory. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class FakeMachine {
    private final CapturePoint point;
    private final byte[] address;
    private final List<FakeCapture> captures = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private volatile Duration ahead = Duration.ZERO;
    private int sent;

    FakeMachine(CapturePoint point, int number, InstantSource clock) {
        this.point = point;
        this.clock = clock;
        this.address = new byte[] {10, 0, 0, (byte) number};
    }

    /** Returns the machine as a capture point. */
    public CapturePoint point() {
        return point;
    }

    /**
     * Sends datagrams from the machine to 10.0.0.254, port 5353, that hold {@code packet-0}, {@code packet-1} and so on,
     * going on from the last call. They are in the kernel buffer of each capture when this returns.
     */
    public synchronized void send(int datagrams) {
        for (int i = 0; i < datagrams; i++) {
            byte[] frame = FakeFrame.udp(address, "packet-" + sent++);
            captures.forEach(capture -> capture.receive(frame));
        }
    }

    /** Makes the kernel buffers of the machine's captures full: so many packets are dropped and counted. */
    public void drop(long packets) {
        captures.forEach(capture -> capture.drop(packets));
    }

    /** Breaks the machine's captures in the middle of a packet, as a lost connection does. */
    public void breakCaptures() {
        captures.forEach(FakeCapture::breakOff);
    }

    /** Sets how far the machine's clock, which stamps its packets, is ahead of the network's; behind when negative. */
    public void clockAhead(Duration ahead) {
        this.ahead = ahead;
    }

    Instant time() {
        return clock.instant().plus(ahead);
    }

    void attach(FakeCapture capture) {
        captures.add(capture);
    }

    void detach(FakeCapture capture) {
        captures.remove(capture);
    }

    void switchOff() {
        captures.forEach(FakeCapture::breakOff);
    }
}
