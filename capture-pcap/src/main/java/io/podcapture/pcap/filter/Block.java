package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Step.Compute;
import io.podcapture.pcap.filter.Step.Give;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Steps done one after the other, and where to go then: always to a block further on. */
final class Block {
    /** The registers: A, X and 16 words. */
    static final int SLOTS = 18;

    static final int A = 0;
    static final int X = 1;
    static final int WORDS = 2;

    /** The slots that may be read from here on before they are written, one bit each. */
    final int live;

    final List<Step> steps = new ArrayList<>();

    Exit exit = new Exit.Answer(false);

    /** What is in each slot that is live, on entry. */
    Value[] entry;

    Block(int live, Value[] entry) {
        this.live = live;
        this.entry = entry;
    }

    /** A block without steps that leads to others, and uses a value for which A was tested. */
    static Block before(Collection<Block> targets, Block otherwise, Value used) {
        Value[] entry = new Value[SLOTS];
        int live = 0;
        List<Block> all = new ArrayList<>(targets);
        all.add(otherwise);
        for (Block target : all) {
            for (int slot = 0; slot < SLOTS; slot++) {
                boolean needed = (target.live >> slot & 1) != 0;
                // At most one of them cannot be computed anew, for no block between changes more.
                if (needed && ((live >> slot & 1) == 0 || entry[slot].isRepeatable())) {
                    entry[slot] = target.entry[slot];
                }
            }
            live |= target.live;
        }
        if (!used.isRepeatable()) {
            entry[A] = used;
            live |= 1 << A;
        }
        return new Block(live, entry);
    }

    /** {@return whether nothing is lost if the block is passed over, and its values are computed where they are used} */
    boolean isPure() {
        return isPure(Facts.NONE);
    }

    /** {@return the same for a packet of which something is known} */
    boolean isPure(Facts facts) {
        for (Step step : steps) {
            boolean lost = step instanceof Compute compute
                    ? !compute.value().isRepeatable()
                    : step instanceof Give || !facts.cover(step);
            if (lost) {
                return false;
            }
        }
        return true;
    }
}
