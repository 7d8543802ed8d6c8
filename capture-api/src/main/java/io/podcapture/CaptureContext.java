package io.podcapture;

import io.podcapture.spi.MethodContext;
import io.podcapture.spi.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** What a session offers to one try of a method. */
final class CaptureContext implements MethodContext {
    private static final int KEPT_LINES = 20;

    private final SessionRun session;
    private final Cleanups cleanups = new Cleanups();
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private final Deque<String> diagnostics = new ArrayDeque<>();

    CaptureContext(SessionRun session) {
        this.session = session;
    }

    @Override
    public String sessionId() {
        return session.id();
    }

    @Override
    public Duration remaining() {
        return session.remainingStart();
    }

    @Override
    public Executor executor() {
        return session.spec().executor();
    }

    @Override
    public Timers timers() {
        return session.spec().timers();
    }

    @Override
    public void diagnostic(String line) {
        synchronized (diagnostics) {
            if (diagnostics.size() == KEPT_LINES) {
                diagnostics.removeFirst();
            }
            diagnostics.addLast(line);
        }
    }

    @Override
    public void attribute(String key, String value) {
        attributes.put(key, value);
    }

    Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public void warning(String line) {
        session.warn(line);
    }

    @Override
    public <T> T shared(String key, Class<T> type, SharedFactory<T> factory) throws IOException, InterruptedException {
        return session.shared().get(key, type, factory);
    }

    @Override
    public void onCleanup(String what, Cleanup action) {
        cleanups.onCleanup(what, action);
    }

    @Override
    public void remains(String what, String why) {
        cleanups.remains(what, why);
    }

    List<String> diagnostics() {
        synchronized (diagnostics) {
            return List.copyOf(diagnostics);
        }
    }

    /** Undoes what the method made; what stays is a leftover of the session. */
    void cleanUp() {
        cleanups.run();
        session.leftover(cleanups.leftovers());
    }
}
