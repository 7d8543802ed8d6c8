package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a merge read and wrote.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class MergeReport {
    private final List<Input> inputs;
    private final Optional<Instant> firstTimestamp;
    private final Optional<Instant> lastTimestamp;

    /** Of times as nanoseconds, the first above the last if there are none. */
    MergeReport(List<Input> inputs, long first, long last) {
        this.inputs = List.copyOf(inputs);
        boolean none = first > last;
        firstTimestamp = none ? Optional.empty() : Optional.of(TimestampUnit.instant(first));
        lastTimestamp = none ? Optional.empty() : Optional.of(TimestampUnit.instant(last));
    }

    /** {@return one report per input, in their order} */
    public List<Input> inputs() {
        return inputs;
    }

    /** {@return how many packets all inputs gave} */
    public long packetsRead() {
        return inputs.stream().mapToLong(Input::packetsRead).sum();
    }

    /** {@return how many packets the output has} */
    public long packetsWritten() {
        long packets = 0;
        for (Input input : inputs) {
            packets += input.packetsWritten;
        }
        return packets;
    }

    /** {@return captured octets of all packets written, without headers} */
    public long octetsWritten() {
        return inputs.stream().mapToLong(Input::octetsWritten).sum();
    }

    /** {@return the earliest time that a packet written states} */
    public Optional<Instant> firstTimestamp() {
        return firstTimestamp;
    }

    /** {@return the latest time that a packet written states} */
    public Optional<Instant> lastTimestamp() {
        return lastTimestamp;
    }

    /** {@return whether every input was whole to its end} */
    public boolean complete() {
        return inputs.stream().allMatch(Input::whole);
    }

    @Override
    public String toString() {
        return packetsWritten() + " packets of " + inputs.size() + " files"
                + (complete() ? "" : ", not all of them whole");
    }

    /**
     * What a merge read of one input.
     *
     * @since 0.1
     */
    public static final class Input {
        private final Path file;
        private final long packetsRead;
        private final long packetsWritten;
        private final long octetsWritten;
        private final long outOfOrder;
        private final long reordered;
        private final long withoutTimestamp;
        private final long skippedBlocks;
        private final long skippedOptions;
        private final long clamped;
        private final ReadingReport reading;
        private final Optional<IOException> failure;
        private final Map<LinkType, FilterSyntaxException> refusals;

        Input(MergeSource from) {
            file = from.file();
            packetsRead = from.read;
            packetsWritten = from.packets;
            octetsWritten = from.octets;
            outOfOrder = from.outOfOrder;
            reordered = from.reordered();
            withoutTimestamp = from.withoutTimestamp;
            skippedBlocks = from.droppedBlocks();
            skippedOptions = from.droppedOptions();
            clamped = from.clamped();
            reading = from.reading();
            failure = from.failure();
            refusals = Collections.unmodifiableMap(
                    new LinkedHashMap<>(from.filter().refusals()));
        }

        /** {@return the input} */
        public Path file() {
            return file;
        }

        /** {@return how many packets it gave} */
        public long packetsRead() {
            return packetsRead;
        }

        /**
         * {@return the link types of the input that the filter cannot be compiled for, each with the reason} None of their
         * packets is kept. Empty without a filter.
         */
        public Map<LinkType, FilterSyntaxException> refusals() {
            return refusals;
        }

        /** {@return how many of them the output has; all, but for what a filter or a window of time leaves out} */
        public long packetsWritten() {
            return packetsWritten;
        }

        /** {@return captured octets of the packets written, without headers} */
        public long octetsWritten() {
            return octetsWritten;
        }

        /** {@return how many packets came after a later one of the same input; they are written so} */
        public long outOfOrder() {
            return outOfOrder;
        }

        /** {@return how many packets were put before a later one that came ahead of them, with a window to sort within} */
        public long reordered() {
            return reordered;
        }

        /** {@return how many packets state no time, and are written with that of the packet before them} */
        public long withoutTimestamp() {
            return withoutTimestamp;
        }

        /** {@return how many blocks were left out: of unknown types, not to be copied, or none of the output's format} */
        public long skippedBlocks() {
            return skippedBlocks;
        }

        /**
         * {@return how many options were left out, for the format has none, they must not be copied, or cannot be into
         * another byte order}
         */
        public long skippedOptions() {
            return skippedOptions;
        }

        /** {@return how many packets have the nearest time that the output can have, their own being out of its range} */
        public long clamped() {
            return clamped;
        }

        /** {@return what was not as its format demands; of an input that was left out, nothing but its cut} */
        public ReadingReport reading() {
            return reading;
        }

        /** {@return why it could not be read, or is no capture file, with {@link OnDamage#COLLECT}} */
        public Optional<IOException> failure() {
            return failure;
        }

        /** {@return whether all of it was read, to its end} */
        public boolean whole() {
            return failure.isEmpty() && reading.whole();
        }
    }
}
