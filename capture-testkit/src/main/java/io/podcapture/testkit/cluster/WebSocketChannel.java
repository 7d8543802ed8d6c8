package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket (RFC 6455) with the channels of an exec, v4.channel.k8s.io or v5.channel.k8s.io: the first octet of each
 * frame. A write blocks as long as the other side reads nothing. Safe for use by several threads, but for {@link #receive}.
 */
final class WebSocketChannel {
    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;
    static final int STATUS = 3;
    /** Of v5 only: the next octet names the channel that gets no more. */
    static final int CLOSED = 255;

    private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int NO_LENGTH_IN_ITSELF = 126;
    private static final long PATIENCE_SECONDS = 2;

    private final HttpConnection connection;
    private final OutputStream out;
    private final CountDownLatch answered = new CountDownLatch(1);

    private WebSocketChannel(HttpConnection connection) {
        this.connection = connection;
        this.out = connection.out();
    }

    /** Accepts an upgrade; what comes from now on are frames. */
    static WebSocketChannel accept(HttpConnection connection, HttpRequest request) throws IOException {
        connection.upgrade(acceptOf(request.header("sec-websocket-key")), request.header("sec-websocket-protocol"));
        return new WebSocketChannel(connection);
    }

    private static String acceptOf(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }

    void send(int channel, byte[] octets, int offset, int length) throws IOException {
        synchronized (connection) {
            header(0x80 | BINARY, length + 1);
            out.write(channel);
            out.write(octets, offset, length);
            out.flush();
        }
    }

    /** Sends an object as text, as watches do. */
    void text(Object object) throws IOException {
        whole(TEXT, Json.write(object));
    }

    /** Tells how the process ended. */
    void status(Object status) throws IOException {
        byte[] json = Json.write(status);
        send(STATUS, json, 0, json.length);
    }

    void close(int code) throws IOException {
        whole(CLOSE, new byte[] {(byte) (code >>> 8), (byte) code});
    }

    private void whole(int opcode, byte[] octets) throws IOException {
        synchronized (connection) {
            header(0x80 | opcode, octets.length);
            out.write(octets);
            out.flush();
        }
    }

    private void header(int first, int length) throws IOException {
        out.write(first);
        if (length < NO_LENGTH_IN_ITSELF) {
            out.write(length);
        } else if (length <= 0xffff) {
            out.write(NO_LENGTH_IN_ITSELF);
            out.write(length >>> 8);
            out.write(length);
        } else {
            out.write(NO_LENGTH_IN_ITSELF + 1);
            out.write(ByteBuffer.allocate(8).putLong(length).array());
        }
    }

    /** Returns the octets of the next frame, its channel first; none at the end. */
    byte[] receive() throws IOException {
        while (true) {
            int opcode = connection.in().readUnsignedByte() & 0x0f;
            int told = connection.in().readUnsignedByte() & 0x7f;
            long length = told == NO_LENGTH_IN_ITSELF
                    ? connection.in().readUnsignedShort()
                    : told == NO_LENGTH_IN_ITSELF + 1 ? connection.in().readLong() : told;
            byte[] mask = new byte[4];
            connection.in().readFully(mask);
            byte[] octets = new byte[Math.toIntExact(length)];
            connection.in().readFully(octets);
            for (int i = 0; i < octets.length; i++) {
                octets[i] ^= mask[i % 4];
            }
            if (opcode == CLOSE) {
                return new byte[0];
            }
            if (opcode == PING) {
                whole(PONG, octets);
            } else if (opcode == PONG) {
                answered.countDown();
            } else if (octets.length > 0) {
                return octets;
            }
        }
    }

    void reset() {
        connection.reset();
    }

    /**
     * Resets when the other side has taken what was sent, which a reset would else take from it again: so a fault is at the
     * same octet each time. That it has, the answer to a ping tells; where none comes, time.
     */
    void resetBehindAll() throws IOException {
        whole(PING, new byte[0]);
        try {
            answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset();
    }
}
