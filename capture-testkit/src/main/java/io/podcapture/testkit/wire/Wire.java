package io.podcapture.testkit.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Hosts in memory that exchange packets by a script, in virtual time. The same seed and script give the same octets at the
 * same times, on every machine. What an {@linkplain #interfaceOf interface} saw is the truth that a capture is compared
 * with.
 *
 * <pre>{@code
 * Wire wire = Wire.seeded(42)
 *     .node("a").node("b", Duration.ofMillis(3))
 *     .host("cart", host -> host.on("a").address("10.0.1.7"))
 *     .host("db", host -> host.on("b").address("10.0.2.9"))
 *     .host("dns", host -> host.on("b").address("10.0.2.53").nameServer())
 *     .build();
 * wire.every(Duration.ofMillis(10)).times(5)
 *     .tcp("cart", "db", 5432, call -> call.request(100).answer(2000).after(Duration.ofMillis(2)).lose(SYN, 3));
 * wire.every(Duration.ofMillis(10)).times(3)
 *     .dns("cart", "db.shop.svc.cluster.local", lookup -> lookup.nxdomain().times(2).address("10.0.2.9"));
 * wire.run();
 * List<WirePacket> seen = wire.interfaceOf("cart", "eth0").packets();
 * }</pre>
 *
 * <p>No thread, clock or network is used; nothing happens but in {@link #run} and {@link #advanceTo}. Not for use by several
 * threads: who drives the wire guards it, its interfaces and its captures by one lock. Lists it returns do not change.
 *
 * @since 0.1
 */
public final class Wire {
    private final Hosts hosts;
    private final Link link;
    private final Events events;
    private boolean endless;

    Wire(Hosts hosts, Link link, Events events) {
        this.hosts = hosts;
        this.link = link;
        this.events = events;
    }

    /**
     * {@return a builder of a wire}
     *
     * @param seed of what chance would give: ports, sequence numbers, identifiers, and the microseconds a host needs to
     *     react
     */
    public static WireBuilder seeded(long seed) {
        return new WireBuilder(seed);
    }

    /**
     * {@return a line of the script that happens once}
     *
     * @param time since the wire's begin, not before its present moment
     */
    public Schedule at(Duration time) {
        return new Schedule(this, Duration.ZERO).from(time);
    }

    /**
     * {@return a line of the script that happens again and again}
     *
     * @param period from one to the next, longer than nothing
     */
    public Schedule every(Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("nothing can happen every " + period);
        }
        return new Schedule(this, period);
    }

    /** {@return virtual time since the wire's begin} */
    public Duration now() {
        return Duration.ofNanos(events.now());
    }

    /** {@return when something happens next, since the wire's begin; empty if nothing will but by a new line} */
    public Optional<Duration> next() {
        OptionalLong next = events.next();
        return next.isPresent() ? Optional.of(Duration.ofNanos(next.getAsLong())) : Optional.empty();
    }

    /**
     * Lets everything happen until nothing is left to.
     *
     * @return this
     * @throws IllegalStateException if the script has a line without end
     */
    public Wire run() {
        if (endless) {
            throw new IllegalStateException("the script has a line without end: use times(...), or advanceTo(...)");
        }
        events.runAll();
        return this;
    }

    /**
     * Lets happen what is due until a moment, which is then the present one.
     *
     * @param time since the wire's begin, not before its present moment
     * @return this
     */
    public Wire advanceTo(Duration time) {
        if (time.compareTo(now()) < 0) {
            throw new IllegalArgumentException("it is " + now() + " already, later than " + time);
        }
        events.advanceTo(time.toNanos());
        return this;
    }

    /**
     * {@return an interface}
     *
     * @param host its host
     * @param name {@code eth0}, {@code lo} or {@code any}
     */
    public WireInterface interfaceOf(String host, String name) {
        return hosts.named(host).interfaces().named(name);
    }

    /**
     * {@return what the clock of a host's node shows now}
     *
     * @param host the host
     */
    public Instant clockOf(String host) {
        return Instant.ofEpochSecond(0, hosts.named(host).interfaces().time());
    }

    /** {@return packets that got lost on the way until now, as their senders' interfaces saw them} */
    public List<WirePacket> lost() {
        return link.lost();
    }

    Hosts hosts() {
        return hosts;
    }

    Wire schedule(long first, long period, @Nullable Integer times, Runnable happening) {
        endless |= times == null;
        events.at(first, () -> {
            happening.run();
            if (times == null || times > 1) {
                schedule(first + period, period, times == null ? null : times - 1, happening);
            }
        });
        return this;
    }
}
