package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;

/** How a block is left. */
sealed interface Exit {
    record Answer(boolean matches) implements Exit {}

    record Go(Block to) implements Exit {}

    record Test(Comparison comparison, Value left, Value right, Block whenTrue, Block whenFalse) implements Exit {
        boolean isForConstant() {
            return comparison == Comparison.EQUAL && right instanceof Value.Constant;
        }
    }

    /** Whether the value is one of a set: see {@link MemberTables}. */
    record Membership(Value value, MemberTable table, Block whenTrue, Block whenFalse) implements Exit {
        @Override
        public Exit otherwise(Block block) {
            return new Membership(value, table, whenTrue, block);
        }
    }

    /** For each number, all of them different and in ascending order, where to go. */
    record Choice(Value value, List<Integer> numbers, List<Block> targets, Block whenNone) implements Exit {
        @Override
        public Exit otherwise(Block block) {
            return new Choice(value, numbers, targets, block);
        }
    }

    /** {@return the same, but if the value is none of the numbers, to the block} */
    default Exit otherwise(Block block) {
        throw new IllegalStateException("an exit without numbers");
    }

    default List<Block> targetBlocks() {
        if (this instanceof Go go) {
            return List.of(go.to);
        }
        if (this instanceof Test test) {
            return List.of(test.whenTrue, test.whenFalse);
        }
        if (this instanceof Membership membership) {
            return List.of(membership.whenTrue, membership.whenFalse);
        }
        if (this instanceof Choice choice) {
            List<Block> all = new ArrayList<>(choice.targets);
            all.add(choice.whenNone);
            return all;
        }
        return List.of();
    }
}
