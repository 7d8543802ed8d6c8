package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podcapture.CaptureException;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process in a container, over one WebSocket of the channel protocols v4 and v5.
 *
 * <p>The first octet of a frame is its channel: 0 standard input, 1 standard output, 2 standard error, 3 the status at the
 * end. The methods of the listener run on threads of the client: they only move a frame into its queue.
 */
final class ExecStream implements RemoteProcess, WebSocket.Listener {
    private static final int STDOUT_CAPACITY = 1 << 20;
    private static final int STDERR_CAPACITY = 1 << 18;
    private static final int NORMAL_CLOSE = 1000;
    private static final int CLOSE_WITHOUT_CODE = 1005;
    private static final long SEND_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long REST_MILLIS = 500;
    private static final long SEND_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String place;
    private final KubernetesSerialization serialization;
    private final Credit credit = new Credit();
    private final StreamQueue stdout = new StreamQueue(credit, STDOUT_CAPACITY);
    private final StreamQueue stderr = new StreamQueue(credit, STDERR_CAPACITY);
    private final CompletableFuture<WebSocket> connection = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitStatus = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong frames = new AtomicLong();

    /**
     * Makes the stream; a client connects it.
     *
     * @param place what the process runs in, for messages
     */
    ExecStream(String place, KubernetesSerialization serialization) {
        this.place = place;
        this.serialization = serialization;
        credit.covers(stdout, stderr);
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public void send(String line) throws IOException {
        byte[] octets = (line + "\n").getBytes(StandardCharsets.UTF_8);
        send(octets, 0, octets.length);
    }

    /**
     * Sends octets to the standard input, in one frame; blocks for a moment where the connection takes no more.
     *
     * <p>Some clients refuse a frame while the one before is on its way, and tell nobody when it has left.
     *
     * @throws IOException if the connection is broken, or takes nothing for two seconds
     */
    synchronized void send(byte[] octets, int offset, int length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(length + 1);
        frame.put((byte) 0).put(octets, offset, length).flip();
        long deadline = System.nanoTime() + SEND_NANOS;
        WebSocket webSocket = connection.getNow(null);
        while (webSocket != null && !over.get() && System.nanoTime() - deadline < 0) {
            if (webSocket.send(frame.duplicate())) {
                return;
            }
            LockSupport.parkNanos(this, SEND_AGAIN_NANOS);
        }
        throw new IOException("the connection to " + place + " takes no more input");
    }

    @Override
    public CompletionStage<Integer> exitStatus() {
        return exitStatus;
    }

    @Override
    public boolean receiving() {
        return credit.outstanding();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            breakOff(new IOException("the connection to " + place + " was closed on this side"));
            // What still comes is taken and dropped, or the server's answer to the close would never be seen.
            stdout.close();
            stderr.close();
            connection.thenAccept(ExecStream::closeQuietly);
        }
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        credit.opened(webSocket);
        connection.complete(webSocket);
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteBuffer frame) {
        frames.incrementAndGet();
        if (frame.hasRemaining()) {
            switch (frame.get()) {
                case 1 -> stdout.add(frame);
                case 2 -> stderr.add(frame);
                case 3 -> ended(frame);
                default -> {} // The protocols define no other channel for us.
            }
        }
        credit.arrived();
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        onMessage(webSocket, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onClose(WebSocket webSocket, int code, String reason) {
        credit.end();
        if (code == NORMAL_CLOSE || code == CLOSE_WITHOUT_CODE) {
            over.set(true);
            stdout.end();
            stderr.end();
            exitStatus.completeExceptionally(
                    new IOException("the server closed the connection to " + place + " without an exit status"));
        } else {
            // The JDK's client tells a connection that ended without a close frame by code 1006.
            breakOff(new IOException("the connection to " + place + " ended with code " + code
                    + (reason == null || reason.isBlank() ? "" : ": " + reason)));
        }
    }

    /**
     * Takes what the client still has before it tells of the break: Vert.x, when it was asked for no frame at that moment, has
     * read some that it gives only when it is asked, a regular end among them.
     */
    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        if (over.compareAndSet(false, true)) {
            breakOffBehindTheRest(
                    new IOException("the connection to " + place + " broke: " + error.getMessage(), error));
        }
    }

    // Frames that a client has come at once when they are asked for.
    private void breakOffBehindTheRest(IOException failure) {
        long before = frames.get();
        CompletableFuture.delayedExecutor(REST_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
            boolean more = frames.get() != before || !credit.outstanding();
            if (more && !closed.get()) {
                breakOffBehindTheRest(failure);
            } else {
                credit.end();
                breakOff(failure);
            }
        });
    }

    private void ended(ByteBuffer frame) {
        String json = StandardCharsets.UTF_8.decode(frame).toString();
        try {
            exitStatus.complete(ExecStatus.exitStatus(serialization.unmarshal(json, Status.class), place));
        } catch (CaptureException e) {
            exitStatus.completeExceptionally(e);
        } catch (RuntimeException e) {
            exitStatus.completeExceptionally(new IOException("the server told no readable status for " + place, e));
        }
    }

    private void breakOff(IOException failure) {
        over.set(true);
        stdout.fail(failure);
        stderr.fail(failure);
        exitStatus.completeExceptionally(failure);
    }

    private static void closeQuietly(WebSocket webSocket) {
        try {
            webSocket.sendClose(NORMAL_CLOSE, "");
        } catch (RuntimeException alreadyGone) {
            // Its end is what was asked for.
        }
    }
}
