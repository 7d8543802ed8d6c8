package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that tells the end of a connection before it has given all frames that it read. */
@Timeout(60)
class ExecStreamRestTest {
    private static final int FRAME = 30_000;
    private static final int FRAMES = 60;
    private static final String SUCCESS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}";

    private final ExecStream stream = new ExecStream("pod demo/web", new KubernetesSerialization());
    private final Deque<Runnable> rest = new ArrayDeque<>();
    private final WebSocket socket = new HoldingSocket();

    @Test
    void onError_restWithARegularEnd_isWhole() throws Exception {
        breakWhileTheQueueIsFull();
        rest.add(() -> stream.onMessage(socket, frame(3, SUCCESS.getBytes(StandardCharsets.UTF_8))));
        rest.add(() -> stream.onClose(socket, 1000, ""));
        assertThat(stream.stdout().readAllBytes()).hasSize(FRAMES * FRAME);
        assertThat(stream.exitStatus().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isZero();
    }

    @Test
    void onError_restWithoutAnEnd_isGivenAndThenBroken() throws Exception {
        breakWhileTheQueueIsFull();
        assertThat(stream.stdout().readNBytes(FRAMES * FRAME)).hasSize(FRAMES * FRAME);
        assertThatThrownBy(() -> stream.stdout().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void onError_nobodyReads_endsWhenItIsClosed() {
        breakWhileTheQueueIsFull();
        stream.close();
        assertThatThrownBy(() -> stream.exitStatus().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasMessageContaining("closed on this side");
    }

    private void breakWhileTheQueueIsFull() {
        for (int i = 0; i < FRAMES; i++) {
            rest.add(() -> stream.onMessage(socket, frame(1, new byte[FRAME])));
        }
        stream.onOpen(socket);
        rest.remove().run();
        assertThat(rest).as("held back: the queue is full").isNotEmpty();
        stream.onError(socket, new IOException("gone"));
    }

    private static ByteBuffer frame(int channel, byte[] octets) {
        return ByteBuffer.allocate(octets.length + 1)
                .put((byte) channel)
                .put(octets)
                .flip();
    }

    private final class HoldingSocket extends QuietSocket {
        @Override
        public void request() {
            if (!rest.isEmpty()) {
                rest.remove().run();
            }
        }
    }
}
