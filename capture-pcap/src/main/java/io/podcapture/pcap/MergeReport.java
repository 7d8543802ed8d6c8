package io.podcapture.pcap;

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
        return inputs.stream().allMatch(input -> input.damage().isEmpty());
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
        private final long withoutTimestamp;
        private final long skippedBlocks;
        private final long endOffset;
        private final Optional<PcapFormatException> damage;

        Input(MergeSource from) {
            file = from.file();
            packetsRead = from.read;
            packetsWritten = from.packets;
            octetsWritten = from.octets;
            outOfOrder = from.outOfOrder;
            withoutTimestamp = from.withoutTimestamp;
            skippedBlocks = from.skippedBlocks();
            endOffset = from.endOffset();
            damage = from.damage();
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

        /** {@return how many packets state no time, and are written with that of the packet before them} */
        public long withoutTimestamp() {
            return withoutTimestamp;
        }

        /** {@return how many blocks without packet, such as names and statistics, were left out} */
        public long skippedBlocks() {
            return skippedBlocks;
        }

        /** {@return whether it ends within a packet or its header, as when the capturing program was killed} */
        public boolean truncated() {
            return damage.filter(PcapFormatException::truncated).isPresent();
        }

        /** {@return up to which octet it was read: its length if whole, else the end of its last whole packet} */
        public long endOffset() {
            return endOffset;
        }

        /** {@return why it was read no further, if it is cut or damaged} */
        public Optional<PcapFormatException> damage() {
            return damage;
        }
    }
}
