package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides when pieces are sent, and when again: by time (RFC 6298) or after three duplicate ACKs (RFC 6675). */
final class TcpSender {
    private static final long FIRST_TIMEOUT = 1_000_000_000;
    private static final long SMALLEST_TIMEOUT = 200_000_000;
    private static final int TRIES = 7;
    private static final int DUPLICATES = 3;
    private static final int FIRST_WINDOW = 10;

    /** In segments; so few that a window of 64 KiB is never full. */
    private static final int LARGEST_WINDOW = 40;

    private final SendQueue out = new SendQueue();
    private final Host host;
    private final Consumer<SendQueue.Piece> transmit;
    private final int largestData;
    private final int largestWindow;
    private int window;
    private long timeout = FIRST_TIMEOUT;
    private long roundTrip = -1;
    private long began;
    private int tries;
    private int duplicates;
    private long recovered;
    private boolean finished;
    private Events.@Nullable Event timer;

    TcpSender(Host host, Consumer<SendQueue.Piece> transmit, int largestData) {
        this.host = host;
        this.transmit = transmit;
        this.largestData = largestData;
        this.largestWindow = Math.max(1, Math.min(LARGEST_WINDOW, 60_000 / largestData));
        this.window = Math.min(FIRST_WINDOW, largestWindow);
    }

    /** Sends the SYN, or that of a server again, which has no timer of its own: its client asks again. */
    void syn(int flags) {
        SendQueue.Piece missing = out.missing();
        if (missing == null && out.next() > 0) {
            return;
        }
        began = host.events().now();
        transmit.accept(missing == null ? out.syn(flags) : missing);
        if ((flags & TcpSegment.ACK) == 0) {
            arm();
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
            SendQueue.Piece piece = out.cut(largestData);
            if (piece == null) {
                return;
            }
            transmit.accept(piece);
            if (timer == null) {
                arm();
            }
        }
    }

    void acknowledged(long position, TcpSegment by, TcpOutlet outlet) {
        by.options().sacked().forEach(range -> out.arrived(outlet.position(range.from()), outlet.position(range.to())));
        int done = out.acknowledge(position);
        if (done > 0) {
            advanced(done, position);
        } else if (by.length() == 0 && position == out.acknowledged() && out.inFlight() > 0) {
            duplicates++;
            if (duplicates == DUPLICATES && position >= recovered) {
                window = Math.max(2, window / 2);
                recover();
            }
        }
    }

    private void advanced(int done, long position) {
        if (roundTrip < 0) {
            roundTrip = tries == 0 ? host.events().now() - began : 0;
        }
        duplicates = 0;
        tries = 0;
        timeout = SMALLEST_TIMEOUT + roundTrip;
        window = Math.min(largestWindow, window + done);
        disarm();
        SendQueue.Piece missing = out.missing();
        if (missing != null) {
            if (position < recovered) {
                transmit.accept(missing);
            }
            arm();
        }
    }

    private void recover() {
        recovered = out.next();
        SendQueue.Piece missing = out.missing();
        if (missing != null) {
            transmit.accept(missing);
            arm();
        }
    }

    private void timedOut() {
        timer = null;
        tries++;
        if (tries < TRIES) {
            timeout *= 2;
            window = 1;
            recover();
        }
    }

    private void arm() {
        disarm();
        timer = host.events().after(timeout, this::timedOut);
    }

    private void disarm() {
        if (timer != null) {
            timer.callOff();
            timer = null;
        }
    }

    void giveUp() {
        disarm();
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
