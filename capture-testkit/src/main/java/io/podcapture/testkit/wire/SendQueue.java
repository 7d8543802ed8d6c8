package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one side of a TCP connection sends. Positions are sequence numbers counted from its SYN, which is at 0. */
final class SendQueue {
    private final Deque<Piece> flight = new ArrayDeque<>();
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private boolean finWaiting;
    private long next;
    private long acknowledged;

    /** What goes into one segment, each time it is sent. */
    static final class Piece {
        final long position;
        final int flags;
        final ByteBuffer data;
        private boolean arrived;

        Piece(long position, int flags, ByteBuffer data) {
            this.position = position;
            this.flags = flags;
            this.data = data;
        }

        long end() {
            int control = (flags & (TcpSegment.SYN | TcpSegment.FIN)) == 0 ? 0 : 1;
            return position + data.remaining() + control;
        }
    }

    Piece syn(int flags) {
        return sent(new Piece(next, flags, ByteBuffer.allocate(0)));
    }

    void add(ByteBuffer data) {
        if (data.hasRemaining()) {
            waiting.add(data.duplicate());
        }
    }

    void finish() {
        finWaiting = true;
    }

    /** {@return the next piece, from now on in flight; null if there is none} */
    @Nullable
    Piece cut(int largest) {
        ByteBuffer first = waiting.peek();
        if (first == null) {
            return finWaiting ? fin() : null;
        }
        int length = Math.min(largest, first.remaining());
        ByteBuffer data = first.slice(first.position(), length);
        first.position(first.position() + length);
        if (!first.hasRemaining()) {
            waiting.remove();
        }
        return sent(new Piece(next, TcpSegment.ACK | (first.hasRemaining() ? 0 : TcpSegment.PSH), data));
    }

    private Piece fin() {
        finWaiting = false;
        return sent(new Piece(next, TcpSegment.FIN | TcpSegment.ACK, ByteBuffer.allocate(0)));
    }

    private Piece sent(Piece piece) {
        flight.add(piece);
        next = piece.end();
        return piece;
    }

    /** {@return how many pieces of the flight are done with} */
    int acknowledge(long position) {
        int done = 0;
        for (Piece first = flight.peek(); first != null && first.end() <= position; first = flight.peek()) {
            flight.remove();
            acknowledged = first.end();
            done++;
        }
        return done;
    }

    void arrived(long from, long to) {
        flight.stream()
                .filter(piece -> from <= piece.position && piece.end() <= to)
                .forEach(piece -> piece.arrived = true);
    }

    /** {@return the first piece in flight that the other side did not say to have; null if there is none} */
    @Nullable
    Piece missing() {
        for (Piece piece : flight) {
            if (!piece.arrived) {
                return piece;
            }
        }
        return null;
    }

    int inFlight() {
        return flight.size();
    }

    boolean isDrained() {
        return flight.isEmpty() && waiting.isEmpty() && !finWaiting;
    }

    long acknowledged() {
        return acknowledged;
    }

    long next() {
        return next;
    }
}
