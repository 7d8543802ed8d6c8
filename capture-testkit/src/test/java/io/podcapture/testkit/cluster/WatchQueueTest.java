package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watch whose client is slow. */
@Timeout(60)
class WatchQueueTest {
    private final List<Object> sent = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final WatchQueue queue = new WatchQueue(
            new WatchStream.Out() {
                @Override
                public void send(Object event) {
                    sent.add(event);
                }

                @Override
                public void end() {
                    sent.add("end");
                }
            },
            left::incrementAndGet);

    @Test
    void send_beyondTheRoom_leavesTheClient() {
        queue.bound();
        for (int i = 0; i < WatchQueue.ROOM; i++) {
            queue.send(i);
        }
        assertThat(left).hasValue(0);
        queue.send("too much");
        queue.send("later");
        assertThat(left).hasValue(1);
        queue.run();
        assertThat(sent).isEmpty();
    }

    @Test
    void send_ofAllThatThereWasAtFirst_hasRoom() {
        for (int i = 0; i < 2 * WatchQueue.ROOM; i++) {
            queue.send(i);
        }
        queue.bound();
        queue.send("news");
        queue.end();
        queue.send("later");
        queue.run();
        assertThat(left).hasValue(0);
        assertThat(sent).hasSize(2 * WatchQueue.ROOM + 2).endsWith("news", "end");
    }

    @Test
    void run_afterTheClientHasLeft_endsWithoutAWord() {
        queue.send("news");
        queue.stop();
        queue.run();
        assertThat(sent).isEmpty();
    }

    // The reader of its connection hears nothing from it either: only who changes the cluster would notice.
    @Test
    void watch_thatIsNotRead_keepsNoChangeWaiting() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .deployment("shop", "cart", 1, pod -> {})
                .start()) {
            PlainClient client = new PlainClient(cluster.kubeconfig());
            String deployments = "/apis/apps/v1/namespaces/shop/deployments";
            client.watch(deployments, new Deaf()).join();
            BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
            Thread changes = new Thread(() -> change(client, deployments + "/cart", codes));
            changes.setDaemon(true);
            changes.start();
            for (int i = 0; i < Deaf.CHANGES; i++) {
                assertThat(codes.poll(10, TimeUnit.SECONDS)).as("change " + i).isEqualTo(200);
            }
        }
    }

    @Test
    void watch_thatLeavesMoreUnreadThanThereIsRoomFor_isLost() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .deployment("shop", "cart", 1, pod -> {})
                .start()) {
            PlainClient client = new PlainClient(cluster.kubeconfig());
            String deployments = "/apis/apps/v1/namespaces/shop/deployments";
            Late late = new Late();
            WebSocket watch = client.watch(deployments, late).join();
            // These fill the buffers of the connection, and those the room.
            for (int i = 0; i < Deaf.CHANGES + WatchQueue.ROOM; i++) {
                String note = i < Deaf.CHANGES ? "x".repeat(Deaf.OCTETS) : "";
                assertThat(patch(client, deployments + "/cart", i + note)).isEqualTo(200);
            }
            watch.request(Long.MAX_VALUE);
            assertThat(late.toldUntilLost.get(20, TimeUnit.SECONDS)).isLessThan(Deaf.CHANGES + WatchQueue.ROOM);
        }
    }

    private static int patch(PlainClient client, String path, String note) throws IOException, InterruptedException {
        String change = "{\"metadata\":{\"annotations\":{\"note\":\"" + note + "\"}}}";
        return client.send("PATCH", path, "application/merge-patch+json", change)
                .statusCode();
    }

    private static void change(PlainClient client, String path, BlockingQueue<Integer> codes) {
        try {
            for (int i = 0; i < Deaf.CHANGES; i++) {
                codes.add(patch(client, path, i + "x".repeat(Deaf.OCTETS)));
            }
        } catch (IOException over) {
            // The cluster was closed, for the test has failed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks for no message until somebody else does; counts what it is told. */
    private static final class Late implements WebSocket.Listener {
        final CompletableFuture<Integer> toldUntilLost = new CompletableFuture<>();
        private int told;

        @Override
        public void onOpen(WebSocket webSocket) {
            // The first message would be asked for here.
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            told += last ? 1 : 0;
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            toldUntilLost.complete(told);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            toldUntilLost.complete(told);
        }
    }

    /** Asks for no message; what it does not take is more than the buffers of a connection hold. */
    private static final class Deaf implements WebSocket.Listener {
        static final int OCTETS = 100_000;
        static final int CHANGES = 200;

        @Override
        public void onOpen(WebSocket webSocket) {
            // The first message would be asked for here.
        }
    }
}
