package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A running capture by each way, all at once, since most of what is tested with them is waiting. Each has packets. */
final class Captures implements AutoCloseable {
    private final Map<Way, CaptureSession> sessions = new EnumMap<>(Way.class);

    /** What is done with each. */
    interface Body {
        void run(Way way, CaptureSession session) throws Exception;
    }

    private Captures() {}

    static Captures startAll(Stage stage, KubernetesClient client, Path directory) throws Exception {
        Captures captures = new Captures();
        boolean ready = false;
        try {
            for (Way way : Way.values()) {
                captures.sessions.put(
                        way,
                        way.session(stage, client, directory)
                                .filter("udp port 9")
                                .build());
            }
            captures.all(CaptureSession::startAsync);
            captures.eachAtOnce((way, session) -> {
                CapturePoint point = Way.points(session).get(0);
                way.sender(stage, point).datagrams(0, 200);
                if (!way.deliversAtEnd()) {
                    Awaitility.await("packets of " + way)
                            .atMost(20, TimeUnit.SECONDS)
                            .until(() -> session.progress().packets() >= 200);
                }
            });
            ready = true;
            return captures;
        } finally {
            if (!ready) {
                captures.close();
            }
        }
    }

    private interface Begin {
        CompletableFuture<?> of(CaptureSession session);
    }

    private void all(Begin begin) {
        CompletableFuture.allOf(sessions.values().stream().map(begin::of).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** Does something with each, on threads of their own; fails with the first failure, the others suppressed. */
    void eachAtOnce(Body body) throws Exception {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        sessions.forEach((way, session) -> {
            Thread thread = new Thread(
                    () -> {
                        try {
                            body.run(way, session);
                        } catch (Throwable e) {
                            synchronized (failures) {
                                failures.add(new AssertionError(way + ": " + e.getMessage(), e));
                            }
                        }
                    },
                    "way-" + way);
            thread.start();
            threads.add(thread);
        });
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            AssertionError first = new AssertionError(failures.get(0));
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    @Override
    public void close() {
        List<CompletableFuture<Void>> ends = sessions.values().stream()
                .map(session -> CompletableFuture.runAsync(session::close, task -> new Thread(task).start()))
                .toList();
        ends.forEach(CompletableFuture::join);
    }
}
