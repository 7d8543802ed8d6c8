package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One merge under way: opens the inputs, then writes descriptions, packets in time order, and statistics. */
final class MergeRun implements Closeable {
    /** What all inputs together may hold to be put in order. */
    private static final long SORTED_OCTETS = 16 << 20;

    private final List<MergeSource> sources = new ArrayList<>();
    private final SelectionCriteria criteria;
    private final CopyOutput output;

    MergeRun(
            List<MergeInput> inputs, SelectionCriteria criteria, OnDamage onDamage, long sortNanos, CopyOutput output) {
        this.output = output;
        this.criteria = criteria;
        MergeMemory memory = new MergeMemory(inputs.size());
        for (MergeInput input : inputs) {
            SortWindow window = sortNanos > 0 ? new SortWindow(sortNanos, SORTED_OCTETS / inputs.size()) : null;
            sources.add(new MergeSource(input, criteria, onDamage, memory, window, output));
        }
    }

    void run() throws IOException {
        List<MergeSource> onPacket = new ArrayList<>();
        if (criteria.keepAll()) {
            for (MergeSource source : sources) {
                source.open();
                begin(source, onPacket);
            }
        } else {
            // To find the first packet that is kept may be to read a whole input; a wrong filter is to be told before.
            for (MergeSource source : sources) {
                source.open();
            }
            if (!filterFits()) {
                for (MergeSource source : sources) {
                    source.filter().checkEarly();
                }
            }
            for (MergeSource source : sources) {
                begin(source, onPacket);
            }
        }
        MergeTree tree = new MergeTree(onPacket);
        if (criteria.keepAll()) {
            writePackets(tree);
        } else {
            writeChosen(tree);
        }
        if (output.hasBlocks()) {
            for (MergeSource source : sources) {
                source.writeStatistics();
            }
        }
    }

    private static void begin(MergeSource source, List<MergeSource> onPacket) throws IOException {
        if (source.next()) {
            onPacket.add(source);
        }
    }

    private void writePackets(MergeTree tree) throws IOException {
        PlainMerge plain = new PlainMerge(tree, output);
        while (!tree.isEmpty()) {
            if (!plain.step()) {
                writeTop(tree);
            }
        }
    }

    /** The short way takes each packet. */
    private void writeChosen(MergeTree tree) throws IOException {
        while (!tree.isEmpty()) {
            writeTop(tree);
        }
        checkFilter();
    }

    private static void writeTop(MergeTree tree) throws IOException {
        MergeSource source = tree.top();
        source.write();
        if (source.next()) {
            tree.topMoved(source.timestampNanos);
        } else {
            tree.topEnded();
        }
    }

    /** A filter that fits some input is right, though it may not fit all. */
    private boolean filterFits() {
        for (MergeSource source : sources) {
            if (source.filter().fits()) {
                return true;
            }
        }
        return false;
    }

    /** Of inputs that could not be read nothing is known, so that others are asked before them. */
    private void checkFilter() throws FilterSyntaxException {
        if (filterFits()) {
            return;
        }
        List<FileFilter> filters = sources.stream()
                .map(MergeSource::filter)
                .sorted(Comparator.comparing(filter -> filter.refusals().isEmpty()))
                .toList();
        for (FileFilter filter : filters) {
            filter.check();
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
        FirstFailure failure = new FirstFailure();
        for (MergeSource source : sources) {
            failure.close(source);
        }
        failure.rethrow();
    }
}
