package io.podcapture.pcap.filter;

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
    record Membership(Value value, MemberTable table, Block whenTrue, Block whenFalse) implements Exit {}

    /** For each number, all of them different and in ascending order, where to go. */
    record Choice(Value value, List<Integer> numbers, List<Block> targets, Block otherwise) implements Exit {}

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
            List<Block> all = new java.util.ArrayList<>(choice.targets);
            all.add(choice.otherwise);
            return all;
        }
        return List.of();
    }
}
