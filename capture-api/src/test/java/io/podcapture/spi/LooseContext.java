package io.podcapture.spi;

import io.podcapture.CapturePoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** A context without a session. */
final class LooseContext implements MethodContext {
    final List<String> diagnostics = new CopyOnWriteArrayList<>();
    final List<CaptureRequest> inForce = new CopyOnWriteArrayList<>();
    final ManualTimers timers = new ManualTimers();
    volatile Duration remaining = Duration.ofSeconds(20);

    @Override
    public String sessionId() {
        return "test";
    }

    @Override
    public Duration remaining() {
        return remaining;
    }

    @Override
    public Executor executor() {
        return task -> {
            Thread thread = new Thread(task, "loose");
            thread.setDaemon(true);
            thread.start();
        };
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public void inForce(CaptureRequest asked) {
        inForce.add(asked);
    }

    @Override
    public int captures(Predicate<CapturePoint> points) {
        return 1;
    }

    @Override
    public void diagnostic(String line) {
        diagnostics.add(line);
    }

    @Override
    public void attribute(String key, String value) {
        throw new UnsupportedOperationException("the method knows where it runs, not the tcpdump");
    }

    @Override
    public void warning(String line) {
        throw new AssertionError("a warning: " + line);
    }

    @Override
    public <T> T shared(String key, Class<T> type, SharedFactory<T> factory) {
        throw new UnsupportedOperationException("nothing is shared");
    }

    @Override
    public void onCleanup(String what, Cleanup action) {
        throw new UnsupportedOperationException("the method registers, not the tcpdump");
    }

    @Override
    public void remains(String what, String why) {
        throw new UnsupportedOperationException("nothing remains");
    }
}
