package io.podcapture.fabric8;

import io.podcapture.CapturePoint;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** A context without a session, for parts of methods; nothing is undone. */
final class LooseContext implements MethodContext {
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<String> diagnostics = new CopyOnWriteArrayList<>();
    final LooseTimers timers = new LooseTimers();
    private final Map<String, Object> shared = new ConcurrentHashMap<>();
    private final Timers passing;

    LooseContext() {
        passing = timers;
    }

    LooseContext(Timers passing) {
        this.passing = passing;
    }

    @Override
    public String sessionId() {
        return "test";
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
    public Timers timers() {
        return passing;
    }

    @Override
    public void diagnostic(String line) {
        diagnostics.add(line);
    }

    @Override
    public void inForce(CaptureRequest asked) {}

    @Override
    public int captures(Predicate<CapturePoint> points) {
        return 1;
    }

    @Override
    public void attribute(String key, String value) {}

    @Override
    public void warning(String line) {
        warnings.add(line);
    }

    @Override
    public <T> T shared(String key, Class<T> type, SharedFactory<T> factory) throws IOException, InterruptedException {
        Object known = shared.get(key);
        if (known == null) {
            known = factory.make(this);
            shared.put(key, known);
        }
        return type.cast(known);
    }

    @Override
    public void onCleanup(String what, Cleanup action) {}

    @Override
    public void remains(String what, String why) {}
}
