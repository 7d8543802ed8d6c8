package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One merge under way: opens the inputs, then writes descriptions, packets in time order, and statistics. */
final class MergeRun implements Closeable {
    /** All read buffers together, so that many inputs need no more memory than few. */
    private static final int READ_BUFFERS = 16 << 20;

    private static final int MIN_BUFFER = 16 << 10;

    private final List<MergeSource> sources = new ArrayList<>();
    private final List<MergeSource> onPacket = new ArrayList<>();
    private final boolean unifySnaplens;
    private Optional<Long> unified = Optional.empty();
    private long packets;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    MergeRun(boolean unifySnaplens) {
        this.unifySnaplens = unifySnaplens;
    }

    void open(List<MergeInput> inputs) throws IOException {
        int share = READ_BUFFERS / Math.max(1, inputs.size());
        int bufferOctets = Math.max(MIN_BUFFER, Math.min(PacketCursor.BUFFER_OCTETS, share));
        for (MergeInput input : inputs) {
            MergeSource source = MergeSource.open(input, bufferOctets);
            sources.add(source);
            if (source.next()) {
                onPacket.add(source);
            }
        }
    }

    void describe(PcapngWriter writer) throws IOException {
        List<InterfaceDescription> descriptions = new ArrayList<>();
        for (MergeSource source : sources) {
            while (source.hasUnmapped()) {
                descriptions.add(source.unmapped());
                source.map(descriptions.size() - 1);
            }
        }
        if (unifySnaplens) {
            unified = Snaplens.common(descriptions);
        }
        for (InterfaceDescription description : descriptions) {
            writer.addInterface(unify(description));
        }
    }

    void writePackets(PcapngWriter writer) throws IOException {
        MergeHeap heap = new MergeHeap(onPacket);
        while (!heap.isEmpty()) {
            MergeSource source = heap.top();
            while (source.hasUnmapped()) {
                source.map(writer.addInterface(unify(source.unmapped())));
            }
            source.writePacket(writer);
            packets++;
            long time = source.timestampNanos();
            first = Math.min(first, time);
            last = Math.max(last, time);
            if (source.next()) {
                heap.topMoved();
            } else {
                heap.topEnded();
            }
        }
        for (MergeSource source : sources) {
            while (source.hasUnmapped()) {
                source.map(writer.addInterface(unify(source.unmapped())));
            }
        }
    }

    void writeStatistics(PcapngWriter writer) throws IOException {
        for (MergeSource source : sources) {
            OptionalInt index = source.firstOutputIndex();
            if (index.isPresent() && source.statistics().isPresent()) {
                writer.statistics(index.getAsInt(), source.statistics().get());
            }
        }
    }

    MergeReport report() {
        return new MergeReport(sources.stream().map(MergeReport.Input::new).toList(), time(first), time(last));
    }

    boolean unifies() {
        return unified.isPresent();
    }

    private Optional<Instant> time(long nanos) {
        return packets == 0 ? Optional.empty() : Optional.of(TimestampUnit.instant(nanos));
    }

    private InterfaceDescription unify(InterfaceDescription description) {
        return unified.map(snaplen -> description.toBuilder()
                        .snaplen(Snaplens.larger(snaplen, description.snaplen()))
                        .build())
                .orElse(description);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (MergeSource source : sources) {
            try {
                source.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
