package io.podcapture;

import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** What a plan offers to the methods that it asks; they make nothing, so there is nothing to undo. */
final class PlanContext implements MethodContext {
    private final String id = SessionId.make();
    private final SharedThings shared = new SharedThings(this);
    private final Executor executor;
    private final Timers timers;
    private final long deadline;
    private volatile List<CapturePoint> points = List.of();

    PlanContext(Executor executor, Timers timers, Duration limit) {
        this.executor = executor;
        this.timers = timers;
        this.deadline = timers.nanoTime() + limit.toNanos();
    }

    /** Tells at which points there would be captures, one for each. */
    void captures(List<CapturePoint> points) {
        this.points = List.copyOf(points);
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - timers.nanoTime()));
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public int captures(Predicate<CapturePoint> some) {
        return (int) points.stream().filter(some).count();
    }

    @Override
    public <T> T shared(String key, Class<T> type, SharedFactory<T> factory) throws IOException, InterruptedException {
        return shared.get(key, type, factory);
    }

    @Override
    public void diagnostic(String line) {}

    @Override
    public void inForce(CaptureRequest asked) {}

    @Override
    public void attribute(String key, String value) {}

    @Override
    public void warning(String line) {}

    @Override
    public void onCleanup(String what, Cleanup action) {
        throw new IllegalStateException("an assessment made something: " + what);
    }

    @Override
    public void remains(String what, String why) {
        throw new IllegalStateException("an assessment made something: " + what);
    }
}
