package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

    MergeReport(List<Input> inputs, Optional<Instant> firstTimestamp, Optional<Instant> lastTimestamp) {
        this.inputs = List.copyOf(inputs);
        this.firstTimestamp = firstTimestamp;
        this.lastTimestamp = lastTimestamp;
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
        return inputs.stream().mapToLong(Input::packetsWritten).sum();
    }

    /** {@return captured octets of all packets written, without headers} */
    public long octetsWritten() {
        return inputs.stream().mapToLong(Input::octetsWritten).sum();
    }

    /** {@return the earliest time of a packet written} */
    public Optional<Instant> firstTimestamp() {
        return firstTimestamp;
    }

    /** {@return the latest time of a packet written} */
    public Optional<Instant> lastTimestamp() {
        return lastTimestamp;
    }

    /** {@return whether every input was whole to its end} */
    public boolean complete() {
        return inputs.stream()
                .allMatch(input -> input.damage().isEmpty() && input.failure().isEmpty());
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
        private final long resyncs;
        private final long damagedPlaces;
        private final long damagedOctets;
        private final long endOffset;
        private final boolean truncated;
        private final Optional<IOException> failure;
        private final Optional<PcapFormatException> damage;

        Input(MergeSource from) {
            file = from.file();
            packetsRead = from.read;
            packetsWritten = from.packets;
            octetsWritten = from.octets;
            outOfOrder = from.outOfOrder;
            reordered = from.reordered();
            withoutTimestamp = from.withoutTimestamp;
            Optional<CopyInput> copy = from.copied();
            skippedBlocks = copy.map(input -> input.droppedBlocks).orElse(0L);
            skippedOptions = copy.map(CopyInput::droppedOptions).orElse(0L);
            clamped = copy.map(input -> input.clamped).orElse(0L);
            Optional<PacketCursor> cursor = from.cursor();
            resyncs = cursor.map(PacketCursor::resyncs).orElse(0L);
            damagedPlaces = cursor.map(PacketCursor::damagedPlaces).orElse(0L);
            damagedOctets = cursor.map(PacketCursor::damagedOctets).orElse(0L);
            endOffset = cursor.map(PacketCursor::offset).orElse(0L);
            failure = from.failure();
            truncated = cursor.flatMap(PacketCursor::truncation).isPresent()
                    || failure.filter(e -> e instanceof PcapFormatException cut && cut.truncated())
                            .isPresent();
            damage = cursor.flatMap(PacketCursor::damage)
                    .or(() -> cursor.flatMap(PacketCursor::truncation))
                    .or(() -> failure.filter(PcapFormatException.class::isInstance)
                            .map(PcapFormatException.class::cast));
        }

        /** {@return the input} */
        public Path file() {
            return file;
        }

        /** {@return how many packets it gave} */
        public long packetsRead() {
            return packetsRead;
        }

        /** {@return how many of them the output has} */
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

        /** {@return how often reading went on after damage} */
        public long resyncs() {
            return resyncs;
        }

        /** {@return at how many places octets were not what the format demands; a cut is none} */
        public long damagedPlaces() {
            return damagedPlaces;
        }

        /** {@return how many octets were passed over as damaged, with {@link OnDamage#RESYNC} alone} */
        public long damagedOctets() {
            return damagedOctets;
        }

        /** {@return why it could not be read, or is no capture file, with {@link OnDamage#COLLECT}} */
        public Optional<IOException> failure() {
            return failure;
        }

        /** {@return whether it ends within a packet or its header, as when the capturing program was killed} */
        public boolean truncated() {
            return truncated;
        }

        /** {@return up to which octet it was read: its length if whole, else the end of its last whole packet} */
        public long endOffset() {
            return endOffset;
        }

        /** {@return the first damage, else the cut; why it was read no further, unless {@link #resyncs()} tells otherwise} */
        public Optional<PcapFormatException> damage() {
            return damage;
        }
    }
}
