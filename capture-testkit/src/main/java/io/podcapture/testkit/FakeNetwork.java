package io.podcapture.testkit;

import io.podcapture.CapturePoint;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.PointListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Machines that exist only in memory, whose packets a {@linkplain #method() fake method} captures. Machines may come and go
 * while a session runs. Safe for use by several threads.
 *
 * <p>A target of kind {@code machine} names one machine; the name {@code *} names all.
 *
 * @since 0.1
 */
public final class FakeNetwork {
    static final String KIND = "machine";

    private final Map<String, FakeMachine> machines = new LinkedHashMap<>();
    private final List<PointListener> listeners = new ArrayList<>();
    private final InstantSource clock;
    private volatile Duration blockTimeout = Duration.ofSeconds(1);
    private int made;

    /** Makes a network whose machines have the clock of this one. */
    public FakeNetwork() {
        this(InstantSource.system());
    }

    /** Makes a network whose machines go by this clock. */
    public FakeNetwork(InstantSource clock) {
        this.clock = clock;
    }

    /** Sets how long a kernel buffer keeps a packet before it hands it over; a second by default, as Linux does. */
    public void blockTimeout(Duration timeout) {
        blockTimeout = timeout;
    }

    Duration blockTimeout() {
        return blockTimeout;
    }

    /** Adds a machine. */
    public synchronized FakeMachine add(String name) {
        if (machines.containsKey(name)) {
            throw new IllegalArgumentException("machine " + name + " is already there");
        }
        made++;
        CapturePoint point = CapturePoint.builder("machine-" + made, name)
                .attribute("ip", "10.0.0." + made)
                .build();
        FakeMachine machine = new FakeMachine(point, made, clock);
        machines.put(name, machine);
        listeners.forEach(listener -> listener.joined(point));
        return machine;
    }

    /** Takes a machine away, as when a pod is deleted: its captures break. */
    public synchronized void remove(FakeMachine machine) {
        machines.remove(machine.point().name());
        listeners.forEach(
                listener -> listener.gone(machine.point(), "machine " + machine.point() + " was switched off"));
        machine.switchOff();
    }

    /** Returns the target that names one machine. */
    public Target target(FakeMachine machine) {
        return Targets.of(KIND, "", machine.point().name());
    }

    /** Returns the target that names all machines. */
    public Target all() {
        return Targets.of(KIND, "", "*");
    }

    /** Returns a method that captures on these machines. */
    public CaptureMethod method() {
        return new FakeMethod(this);
    }

    synchronized Optional<FakeMachine> machine(CapturePoint point) {
        return machines.values().stream()
                .filter(machine -> machine.point().equals(point))
                .findFirst();
    }

    synchronized List<CapturePoint> points(Target target) {
        String name = target.name().orElse("*");
        return machines.values().stream()
                .map(FakeMachine::point)
                .filter(point -> name.equals("*") || point.name().equals(name))
                .toList();
    }

    synchronized AutoCloseable follow(Target target, PointListener listener) {
        points(target).forEach(listener::joined);
        listeners.add(listener);
        return () -> unfollow(listener);
    }

    private synchronized void unfollow(PointListener listener) {
        listeners.remove(listener);
    }
}
