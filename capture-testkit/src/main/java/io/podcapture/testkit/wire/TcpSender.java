package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;

/** Decides when pieces are sent, and when again: after a time, or after three duplicate ACKs (RFC 6675). */
final class TcpSender {
    private static final int DUPLICATES = 3;
    private static final int FIRST_WINDOW = 10;
    private static final int LARGEST_WINDOW = 40;

    /** Less than the other side's window, which so is never full. */
    private static final int LARGEST_FLIGHT = 60_000;

    private final SendQueue out = new SendQueue();
    private final TcpOutlet outlet;
    private final RetransmissionTimer timer;
    private final int largestWindow;
    private int window;
    private int duplicates;
    private long recovered;
    private boolean finished;

    TcpSender(Events events, TcpOutlet outlet) {
        this.outlet = outlet;
        this.timer = new RetransmissionTimer(events, this::timedOut);
        this.largestWindow = Math.max(1, Math.min(LARGEST_WINDOW, LARGEST_FLIGHT / outlet.largestData()));
        this.window = Math.min(FIRST_WINDOW, largestWindow);
    }

    /** Sends the SYN, or that of a server again, which has no timer of its own: its client asks again. */
    void syn(int flags) {
        SendQueue.Piece missing = out.missing();
        if (missing == null && out.next() > 0) {
            return;
        }
        timer.begin();
        outlet.send(missing == null ? out.syn(flags) : missing);
        if ((flags & TcpSegment.ACK) == 0) {
            timer.start();
        }
    }

    void add(ByteBuffer data) {
        out.add(data);
        pump();
    }

    void finish() {
        if (!finished) {
            finished = true;
            out.finish();
            pump();
        }
    }

    void pump() {
        while (out.inFlight() < window) {
            SendQueue.Piece piece = out.cut(outlet.largestData());
            if (piece == null) {
                return;
            }
            outlet.send(piece);
            timer.startIfStopped();
        }
    }

    void acknowledged(TcpSegment by) {
        for (TcpOptions.Range range : by.options().sacked()) {
            out.arrived(outlet.position(range.from()), outlet.position(range.to()));
        }
        long position = outlet.position(by.acknowledgment());
        int done = out.acknowledge(position);
        if (done > 0) {
            advanced(done, position);
        } else if (by.length() == 0 && position == out.acknowledged() && out.inFlight() > 0) {
            duplicates++;
            if (duplicates == DUPLICATES && position >= recovered) {
                window = Math.max(1, window / 2);
                recover();
            }
        }
    }

    private void advanced(int done, long position) {
        duplicates = 0;
        window = Math.min(largestWindow, window + done);
        timer.progress();
        SendQueue.Piece missing = out.missing();
        if (missing != null) {
            if (position < recovered) {
                outlet.send(missing);
            }
            timer.start();
        }
    }

    private void recover() {
        recovered = out.next();
        SendQueue.Piece missing = out.missing();
        if (missing != null) {
            outlet.send(missing);
            timer.start();
        }
    }

    private void timedOut() {
        window = 1;
        recover();
    }

    void giveUp() {
        timer.stop();
    }

    boolean isDrained() {
        return out.isDrained();
    }

    boolean hasFinished() {
        return finished;
    }

    long next() {
        return out.next();
    }
}
