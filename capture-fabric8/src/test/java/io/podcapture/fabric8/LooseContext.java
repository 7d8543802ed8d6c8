package io.podcapture.fabric8;

import io.podcapture.CapturePoint;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** A context without a session, for what needs no more than time and threads. */
final class LooseContext implements MethodContext {
    final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public String sessionId() {
        return "abc";
    }

    @Override
    public Duration remaining() {
        return Duration.ofSeconds(20);
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
    public void warning(String line) {
        warnings.add(line);
    }

    @Override
    public Timers timers() {
        throw new UnsupportedOperationException("nothing is timed");
    }

    @Override
    public void inForce(CaptureRequest asked) {
        throw new UnsupportedOperationException("nothing is captured");
    }

    @Override
    public int captures(Predicate<CapturePoint> points) {
        throw new UnsupportedOperationException("nothing is captured");
    }

    @Override
    public void diagnostic(String line) {
        throw new UnsupportedOperationException("nothing is told");
    }

    @Override
    public void attribute(String key, String value) {
        throw new UnsupportedOperationException("nothing is known");
    }

    @Override
    public <T> T shared(String key, Class<T> type, SharedFactory<T> factory) {
        throw new UnsupportedOperationException("nothing is shared");
    }

    @Override
    public void onCleanup(String what, Cleanup action) {
        throw new UnsupportedOperationException("nothing is made");
    }

    @Override
    public void remains(String what, String why) {
        throw new UnsupportedOperationException("nothing remains");
    }
}
