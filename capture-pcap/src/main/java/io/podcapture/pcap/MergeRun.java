package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One merge under way: opens the inputs, then writes descriptions, packets in time order, and statistics. */
final class MergeRun implements Closeable {
    /** What all inputs together may hold to be put in order. */
    private static final long SORTED_OCTETS = 16 << 20;

    private final List<MergeSource> sources = new ArrayList<>();
    private final CopyOutput output;

    MergeRun(List<MergeInput> inputs, OnDamage onDamage, long sortNanos, CopyOutput output) {
        this.output = output;
        MergeMemory memory = new MergeMemory(inputs.size());
        for (MergeInput input : inputs) {
            SortWindow window = sortNanos > 0 ? new SortWindow(sortNanos, SORTED_OCTETS / inputs.size()) : null;
            sources.add(new MergeSource(input, onDamage, memory, window, output));
        }
    }

    void run() throws IOException {
        List<MergeSource> onPacket = new ArrayList<>();
        for (MergeSource source : sources) {
            source.open();
            if (source.next()) {
                onPacket.add(source);
            }
        }
        writePackets(new MergeTree(onPacket));
        if (output.hasBlocks()) {
            for (MergeSource source : sources) {
                source.writeStatistics();
            }
        }
    }

    private void writePackets(MergeTree tree) throws IOException {
        PlainMerge plain = new PlainMerge(tree, output);
        while (!tree.isEmpty()) {
            if (plain.step()) {
                continue;
            }
            MergeSource source = tree.top();
            source.write();
            if (source.next()) {
                tree.topMoved(source.timestampNanos);
            } else {
                tree.topEnded();
            }
        }
    }

    MergeReport report() {
        List<MergeReport.Input> inputs = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (MergeSource source : sources) {
            inputs.add(new MergeReport.Input(source));
            first = Math.min(first, source.lowest);
            last = Math.max(last, source.highest);
        }
        return new MergeReport(inputs, first, last);
    }

    @Override
    public void close() throws IOException {
        EachInTurn.of(sources, MergeSource::close);
    }
}
