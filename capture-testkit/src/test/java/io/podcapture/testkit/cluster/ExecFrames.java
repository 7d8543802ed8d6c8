package io.podcapture.testkit.cluster;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an exec sends, channel by channel, asked for frame by frame. */
final class ExecFrames implements WebSocket.Listener {
    static final int STDOUT = 1;

    private final ByteArrayOutputStream[] channels = {
        new ByteArrayOutputStream(),
        new ByteArrayOutputStream(),
        new ByteArrayOutputStream(),
        new ByteArrayOutputStream()
    };
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> ponged = new CompletableFuture<>();
    private final int most;
    private int channel = -1;
    private int frames;

    /**
     * Makes it.
     *
     * @param most how many frames are asked for at first
     */
    ExecFrames(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        synchronized (channels) {
            if (channel < 0) {
                channel = data.get();
            }
            byte[] octets = new byte[data.remaining()];
            data.get(octets);
            channels[channel].writeBytes(octets);
            channel = last ? -1 : channel;
            frames++;
            if (frames < most) {
                webSocket.request(1);
            }
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer data) {
        ponged.complete(null);
        webSocket.request(1);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    /** Returns a stage with the code of the close. */
    CompletableFuture<Integer> closed() {
        return closed;
    }

    /** Returns a stage that ends with the answer to a ping. */
    CompletableFuture<Void> ponged() {
        return ponged;
    }

    byte[] octets(int of) {
        synchronized (channels) {
            return channels[of].toByteArray();
        }
    }
}
