package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Comparison.Outcome;
import io.podcapture.pcap.filter.Exit.Go;
import io.podcapture.pcap.filter.Exit.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves out what is known already: steps whose needs an earlier one had, and blocks that on the way taken do nothing but
 * make a test which an earlier one has decided.
 */
final class KnownTests {
    /** So that a program of any length takes time in proportion. */
    private static final int MOST_PASSED = 24;

    private final Map<Block, Facts> known = new HashMap<>();

    private KnownTests() {}

    /** Changes the blocks, which are in an order in which each leads to later ones only. */
    static Flow leftOut(List<Block> blocks) {
        passEmpty(blocks);
        Flow flow = new Flow(blocks);
        KnownTests tests = new KnownTests();
        tests.arrive(blocks.get(0), Facts.NONE);
        for (Block block : flow.blocks()) {
            tests.visit(block);
        }
        passEmpty(flow.blocks());
        return new Flow(flow.blocks());
    }

    private static void passEmpty(List<Block> blocks) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            if (block.exit instanceof Go go) {
                block.exit = new Go(behind(go.to()));
            } else if (block.exit instanceof Test test) {
                block.exit = leading(test, behind(test.whenTrue()), behind(test.whenFalse()));
            }
        }
    }

    /** What lies behind the block has been seen to before. */
    private static Block behind(Block block) {
        return block.exit instanceof Go go && block.isPure() ? go.to() : block;
    }

    private static Exit leading(Test test, Block whenTrue, Block whenFalse) {
        return whenTrue == whenFalse
                ? new Go(whenTrue)
                : new Test(test.comparison(), test.left(), test.right(), whenTrue, whenFalse);
    }

    /** All ways to the block have been seen to before. */
    private void visit(Block block) {
        Facts facts = known.remove(block);
        if (facts == null) {
            // All ways to it lead past it now.
            return;
        }
        facts = dropCovered(block, facts);
        if (block.exit instanceof Test test) {
            Outcome outcome = facts.outcome(test);
            if (outcome != Outcome.OPEN) {
                block.exit = new Go(outcome == Outcome.ALWAYS ? test.whenTrue() : test.whenFalse());
            }
        }
        if (block.exit instanceof Go go) {
            Block target = behindKnown(go.to(), facts);
            block.exit = new Go(target);
            arrive(target, facts);
        } else if (block.exit instanceof Test test) {
            Facts holds = facts.and(test, true);
            Facts fails = facts.and(test, false);
            Block whenTrue = behindKnown(test.whenTrue(), holds);
            Block whenFalse = behindKnown(test.whenFalse(), fails);
            block.exit = leading(test, whenTrue, whenFalse);
            arrive(whenTrue, holds);
            arrive(whenFalse, fails);
        }
    }

    /** Returns what is known behind the block's steps. */
    private static Facts dropCovered(Block block, Facts before) {
        Facts facts = before;
        List<Step> kept = new ArrayList<>();
        for (Step step : block.steps) {
            if (!step.needs() || !facts.cover(step)) {
                kept.add(step);
                facts = facts.and(step);
            }
        }
        block.steps.clear();
        block.steps.addAll(kept);
        return facts;
    }

    private void arrive(Block block, Facts facts) {
        Facts others = known.get(block);
        known.put(block, others == null ? facts : others.common(facts));
    }

    private static Block behindKnown(Block block, Facts facts) {
        Block at = block;
        for (int passed = 0; passed < MOST_PASSED && at.isPure(facts); passed++) {
            Outcome outcome = at.exit instanceof Test test ? facts.outcome(test) : Outcome.OPEN;
            if (at.exit instanceof Go go) {
                at = go.to();
            } else if (at.exit instanceof Test test && outcome != Outcome.OPEN) {
                at = outcome == Outcome.ALWAYS ? test.whenTrue() : test.whenFalse();
            } else {
                break;
            }
        }
        return at;
    }
}
