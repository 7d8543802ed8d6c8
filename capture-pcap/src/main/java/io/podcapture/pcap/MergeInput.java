package io.podcapture.pcap;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a merge is told of one of its inputs. Texts given here replace those in the input; link type, snaplen and
 * timestamp unit are always the input's own. Each property may be set once.
 *
 * @since 0.1
 */
public final class MergeInput {
    private final Path file;
    private @Nullable String name;
    private @Nullable String description;
    private @Nullable String filter;
    private @Nullable String os;
    private @Nullable String hardware;
    private @Nullable InterfaceStatistics statistics;
    private @Nullable Instant from;
    private @Nullable Duration timeOffset;
    private long shiftNanos;
    private long fromNanos = Long.MIN_VALUE;
    private long toNanos = Long.MAX_VALUE;

    MergeInput(Path file) {
        this.file = file;
    }

    /**
     * Sets if_name. The second and further interfaces of the input are called this, a slash, and their own name or
     * number.
     *
     * @param name of the input's interface
     * @return this
     */
    public MergeInput name(String name) {
        this.name = Once.set("name", this.name, name);
        return this;
    }

    /**
     * Sets if_description of the input's interfaces.
     *
     * @param description for people
     * @return this
     */
    public MergeInput description(String description) {
        this.description = Once.set("description", this.description, description);
        return this;
    }

    /**
     * Sets if_filter of the input's interfaces.
     *
     * @param expression the capture filter they were captured with
     * @return this
     */
    public MergeInput filter(String expression) {
        filter = Once.set("filter", filter, expression);
        return this;
    }

    /**
     * Sets if_os of the input's interfaces.
     *
     * @param os the operating system of the machine that captured
     * @return this
     */
    public MergeInput os(String os) {
        this.os = Once.set("os", this.os, os);
        return this;
    }

    /**
     * Sets if_hardware of the input's interfaces.
     *
     * @param hardware of the interface
     * @return this
     */
    public MergeInput hardware(String hardware) {
        this.hardware = Once.set("hardware", this.hardware, hardware);
        return this;
    }

    /**
     * Has an Interface Statistics Block written for the input's first interface, after the last packet.
     *
     * @param statistics what was counted there
     * @return this
     */
    public MergeInput statistics(InterfaceStatistics statistics) {
        this.statistics = Once.set("statistics", this.statistics, statistics);
        return this;
    }

    /**
     * Takes only the packets of a time window, as their own timestamps say. The others are read and not written.
     *
     * @param from the first moment
     * @param to the last moment, not before the first
     * @return this
     */
    public MergeInput between(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the window ends at " + to + ", before it begins at " + from);
        }
        this.from = Once.set("between", this.from, from);
        fromNanos = TimestampUnit.nanos(from);
        toNanos = TimestampUnit.nanos(to);
        return this;
    }

    /**
     * Moves the input's times, for a clock that was wrong. {@link #between} means the times before. Where the input's
     * unit cannot tell times moved so much, the output has nanoseconds.
     *
     * @param offset added to each time
     * @return this
     */
    public MergeInput timeOffset(Duration offset) {
        timeOffset = Once.set("time offset", timeOffset, offset);
        shiftNanos = offset.toNanos();
        return this;
    }

    long shiftNanos() {
        return shiftNanos;
    }

    boolean takes(long timestampNanos) {
        return timestampNanos >= fromNanos && timestampNanos <= toNanos;
    }

    Path file() {
        return file;
    }

    Optional<InterfaceStatistics> statistics() {
        return Optional.ofNullable(statistics);
    }

    /** The description to write for the input's interface {@code index}. */
    InterfaceDescription relabel(int index, InterfaceDescription own) {
        InterfaceDescriptionBuilder builder = own.toBuilder();
        if (name != null) {
            builder.name(index == 0 ? name : name + "/" + own.name().orElse(Integer.toString(index)));
        }
        if (description != null) {
            builder.description(description);
        }
        if (filter != null) {
            builder.filter(filter);
        }
        if (os != null) {
            builder.os(os);
        }
        if (hardware != null) {
            builder.hardware(hardware);
        }
        return builder.build();
    }
}
