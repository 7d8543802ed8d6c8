package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Exit.Choice;
import io.podcapture.pcap.filter.Exit.Membership;
import io.podcapture.pcap.filter.Exit.Test;
import io.podcapture.pcap.filter.Step.Compute;
import io.podcapture.pcap.filter.Step.Give;
import io.podcapture.pcap.filter.Step.NeedsCapturedTo;
import io.podcapture.pcap.filter.Step.NeedsNonZero;
import io.podcapture.pcap.filter.Value.IndexedLoad;
import io.podcapture.pcap.filter.Value.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The values something depends on. A load that is not needed is dropped; what it needs of the packet is a step apart. */
final class NeededValues {
    private final Set<Value> needed = new HashSet<>();

    private NeededValues() {}

    /** Drops the steps that make other values. */
    static Set<Value> of(List<Block> blocks) {
        NeededValues values = new NeededValues();
        for (int i = blocks.size() - 1; i >= 0; i--) {
            values.visit(blocks.get(i));
        }
        return values.needed;
    }

    private void visit(Block block) {
        if (block.exit instanceof Test test) {
            needed.add(test.left());
            needed.add(test.right());
        } else if (block.exit instanceof Membership membership) {
            needed.add(membership.value());
        } else if (block.exit instanceof Choice choice) {
            needed.add(choice.value());
        }
        List<Step> steps = block.steps;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step instanceof Compute compute && needed.contains(compute.value())) {
                operands(compute.value());
            } else if (step instanceof Give give && needed.contains(give.merged())) {
                needed.add(give.value());
            } else if (step instanceof NeedsCapturedTo needs) {
                needed.add(needs.index());
            } else if (step instanceof NeedsNonZero needs) {
                needed.add(needs.divisor());
            }
        }
        List<Step> kept = new ArrayList<>(steps.size());
        for (Step step : steps) {
            if (!isIdle(step)) {
                kept.add(step);
            }
        }
        steps.clear();
        steps.addAll(kept);
    }

    private boolean isIdle(Step step) {
        return step instanceof Compute compute && !needed.contains(compute.value())
                || step instanceof Give give && !needed.contains(give.merged());
    }

    private void operands(Value value) {
        if (value instanceof Operation operation) {
            needed.add(operation.left());
            needed.add(operation.right());
        } else if (value instanceof IndexedLoad load) {
            needed.add(load.index());
        }
    }
}
