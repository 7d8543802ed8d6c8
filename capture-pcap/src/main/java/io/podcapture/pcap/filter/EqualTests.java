package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Exit.Test;
import io.podcapture.pcap.filter.Value.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one of several tests for equality in a row, of which each is reached only when those before it failed.
 *
 * <p>Between them nothing is done that can reject the packet, so in what order they are made is not seen as long as all of
 * them lead to the same block when they hold: {@code src a, dst a, src b, dst b} becomes {@code src a or b, dst a or b}.
 * Tests of the same value may lead to different blocks, for at most one of them holds.
 */
final class EqualTests {
    private final Flow flow;
    private final MemberTables tables;

    /** What comes right behind a block. */
    private final Map<Block, List<Block>> added = new HashMap<>();

    private EqualTests(Flow flow, MemberTables tables) {
        this.flow = flow;
        this.tables = tables;
    }

    static Flow gathered(Flow flow, MemberTables tables) {
        return new EqualTests(flow, tables).gather();
    }

    private Flow gather() {
        Set<Block> done = new HashSet<>();
        for (Block block : flow.blocks()) {
            if (!done.contains(block) && block.exit instanceof Test test && test.isForConstant() && !gives(block)) {
                done.addAll(gather(block, test));
            }
        }
        List<Block> all = new ArrayList<>();
        for (Block block : flow.blocks()) {
            all.add(block);
            all.addAll(added.getOrDefault(block, List.of()));
        }
        return new Flow(all);
    }

    /** What a block gives may be for only one of the blocks it leads to. */
    private static boolean gives(Block block) {
        for (Step step : block.steps) {
            if (step instanceof Step.Give) {
                return true;
            }
        }
        return false;
    }

    /** Returns the blocks whose tests are gathered. */
    private List<Block> gather(Block head, Test first) {
        List<Block> run = new ArrayList<>(List.of(head));
        List<Test> tests = new ArrayList<>(List.of(first));
        Block next = first.whenFalse();
        while (next.exit instanceof Test test && follows(next, test, first)) {
            run.add(next);
            tests.add(test);
            next = test.whenFalse();
        }
        if (run.size() > 1) {
            List<EqualGroup> groups = groups(run, tests);
            for (int i = 0; i < groups.size(); i++) {
                rewrite(groups.get(i), i + 1 < groups.size() ? groups.get(i + 1).block : next);
            }
        }
        return run;
    }

    private boolean follows(Block block, Test test, Test first) {
        return flow.ways(block) == 1
                && block.isPure()
                && test.isForConstant()
                && (test.left().isRepeatable() || test.left() == first.left());
    }

    private static List<EqualGroup> groups(List<Block> run, List<Test> tests) {
        List<EqualGroup> groups = new ArrayList<>();
        Map<Value, EqualGroup> open = new HashMap<>();
        for (int i = 0; i < run.size(); i++) {
            Test test = tests.get(i);
            if (i > 0 && test.whenTrue() != tests.get(i - 1).whenTrue()) {
                // Only the last may take more: what it takes moves past no test that leads elsewhere.
                EqualGroup last = groups.get(groups.size() - 1);
                // One emptied would still be walked whole for each of the next.
                open = new HashMap<>();
                open.put(last.value, last);
            }
            EqualGroup group = open.get(test.left());
            if (group == null) {
                group = new EqualGroup(run.get(i), test.left());
                groups.add(group);
                open.put(test.left(), group);
            }
            group.targets.putIfAbsent(((Constant) test.right()).number(), test.whenTrue());
        }
        return groups;
    }

    private void rewrite(EqualGroup group, Block otherwise) {
        List<Exit> exits = group.exits(tables, otherwise);
        List<Block> behind = new ArrayList<>();
        Block at = group.block;
        for (int i = 0; i < exits.size(); i++) {
            Exit exit = exits.get(i);
            if (i + 1 < exits.size()) {
                Block next = Block.before(group.targets.values(), otherwise, group.value);
                behind.add(next);
                at.exit = exit.otherwise(next);
                at = next;
            } else {
                at.exit = exit;
            }
        }
        added.put(group.block, behind);
    }
}
