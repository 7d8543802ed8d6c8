package io.podcapture;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What can be set for a session, where it is the default of all targets, and for one target.
 *
 * <p>A property that is set twice throws {@link IllegalStateException} that names both values. Limits count per capture
 * point and interface. Not thread-safe.
 *
 * @param <B> the type of the builder, for chains of calls
 * @since 0.1
 */
public abstract sealed class PointOptions<B extends PointOptions<B>> permits CaptureSession.Builder, TargetOptions {
    /** The largest snapshot length that libpcap takes. */
    static final int LARGEST_SNAPLEN = 262_144;

    final Setting<MethodChoice> choice = new Setting<>("the method");
    final Setting<String> filter = new Setting<>("the filter");
    final Setting<List<String>> interfaces = new Setting<>("interfaces");
    final Setting<Integer> snaplen = new Setting<>("snaplen");
    final Setting<Long> kernelBuffer = new Setting<>("kernelBuffer");
    final Setting<Duration> maxDuration = new Setting<>("maxDuration");
    final Setting<Long> maxPackets = new Setting<>("maxPackets");
    final Setting<Long> maxBytes = new Setting<>("maxBytes");

    PointOptions() {}

    abstract B self();

    /** Sets by which methods packets are taken. */
    public B via(MethodChoice choice) {
        this.choice.set(choice);
        return self();
    }

    /**
     * Sets the capture filter, in libpcap's language. The default is none: everything is captured.
     *
     * @param expression for instance {@code tcp port 8080 and not host 10.0.0.1}; never read by a shell
     */
    public B filter(String expression) {
        if (expression.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a filter cannot have a NUL character");
        }
        filter.set(expression.strip());
        return self();
    }

    /** Sets the network interfaces, each captured by itself. The default is {@code any}: all of them in one stream. */
    public B interfaces(String... names) {
        if (names.length == 0 || List.of(names).stream().anyMatch(name -> name.isBlank() || name.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("interfaces needs at least one name, and no blank one");
        }
        interfaces.set(List.of(names));
        return self();
    }

    /**
     * Sets the snapshot length: the most octets kept of a packet.
     *
     * @param octets 1 to 262,144, which is the default
     */
    public B snaplen(int octets) {
        if (octets < 1 || octets > LARGEST_SNAPLEN) {
            throw new IllegalArgumentException("snaplen " + octets + " is not in 1 to " + LARGEST_SNAPLEN);
        }
        snaplen.set(octets);
        return self();
    }

    /**
     * Sets the size of the kernel buffer. The default is 64 MiB: tcpdump's own 2 MiB lose a third of the packets at 24 MB/s.
     * The memory counts against the node, not against the container.
     *
     * @param octets 4,096 to 1 GiB; rounded up to a multiple of 1,024
     */
    public B kernelBuffer(long octets) {
        if (octets < 4096 || octets > 1L << 30) {
            throw new IllegalArgumentException("kernelBuffer " + octets + " is not in 4,096 to 1,073,741,824 octets");
        }
        kernelBuffer.set((octets + 1023) / 1024 * 1024);
        return self();
    }

    /** Ends a capture when it has run that long; its packets up to then are all kept. */
    public B maxDuration(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("maxDuration " + duration + " is not positive");
        }
        maxDuration.set(duration);
        return self();
    }

    /** Ends a capture when it has that many packets. */
    public B maxPackets(long packets) {
        if (packets < 1 || packets > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maxPackets " + packets + " is not in 1 to " + Integer.MAX_VALUE);
        }
        maxPackets.set(packets);
        return self();
    }

    /**
     * Ends a capture when its part file has that many octets; what was captured before the end is kept, so the file is a
     * little larger. A method that brings the packets only at the end counts in whole files where it captures.
     *
     * @param octets at least 1
     */
    public B maxBytes(long octets) {
        if (octets < 1) {
            throw new IllegalArgumentException("maxBytes " + octets + " is not positive");
        }
        maxBytes.set(octets);
        return self();
    }
}
