package io.podcapture;

import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** What a session offers to one try of a method. */
final class CaptureContext implements MethodContext {
    private static final int KEPT_LINES = 20;

    private final SessionRun session;
    private final Cleanups cleanups;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private final Deque<String> diagnostics = new ArrayDeque<>();

    private volatile Optional<CaptureRequest> inForce = Optional.empty();

    /** Makes what is offered to one try, whose cleanups are its own. */
    CaptureContext(SessionRun session) {
        this(session, new Cleanups());
    }

    CaptureContext(SessionRun session, Cleanups cleanups) {
        this.session = session;
        this.cleanups = cleanups;
    }

    @Override
    public void inForce(CaptureRequest asked) {
        inForce = Optional.of(asked);
    }

    /** Returns what the tool was asked for, where the method said so. */
    Optional<CaptureRequest> inForce() {
        return inForce;
    }

    @Override
    public int captures(Predicate<CapturePoint> points) {
        return (int) session.captures().stream()
                .filter(capture -> points.test(capture.request().point()))
                .count();
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
        return session.threads();
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
