package io.podcapture.pcap.filter;

/**
 * A number a program works with, as how it is got. {@link Values} gives one object for the same number got in the same
 * way.
 *
 * <p>Here as elsewhere in what compiles a filter, equality is written out and loops are no streams: what Java would make
 * for them at run time costs a short command as much as all the rest.
 */
sealed interface Value {
    /** No number is above this. */
    long MAX = 0xffff_ffffL;

    /** Deeper ones are not computed a second time. */
    int DEEPEST_REPEATED = 6;

    /** {@return what the number, unsigned, is never above} */
    default long most() {
        return MAX;
    }

    /** {@return how many operations lie above each other} */
    default int depth() {
        return 0;
    }

    /** {@return whether it may be computed anew wherever its loads are known to be captured} */
    default boolean isRepeatable() {
        return true;
    }

    /** {@return whether signed arithmetic does as well} */
    default boolean isSmall() {
        return most() <= Integer.MAX_VALUE;
    }

    /** Known when the program is compiled. */
    record Constant(int number) implements Value {
        @Override
        public long most() {
            return Integer.toUnsignedLong(number);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Constant constant && constant.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** The packet's length on the wire. */
    final class OriginalLength implements Value {}

    /** What a register holds where ways meet on which it was given different numbers. Only the same object is equal. */
    final class Merged implements Value {
        @Override
        public boolean isRepeatable() {
            return false;
        }
    }

    /** One, two or four octets at an offset of the packet. */
    record Load(int octets, int offset) implements Value {
        @Override
        public long most() {
            return MAX >>> 32 - 8 * octets;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Load load && load.octets == octets && load.offset == offset;
        }

        @Override
        public int hashCode() {
            return offset * 31 + octets;
        }
    }

    /** One, two or four octets at an offset of which a part is known later. */
    record IndexedLoad(int octets, Value index, int offset) implements Value {
        @Override
        public long most() {
            return MAX >>> 32 - 8 * octets;
        }

        @Override
        public int depth() {
            return index.depth() + 1;
        }

        @Override
        public boolean isRepeatable() {
            return depth() <= DEEPEST_REPEATED && index.isRepeatable();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof IndexedLoad load
                    && load.index == index
                    && load.octets == octets
                    && load.offset == offset;
        }

        @Override
        public int hashCode() {
            return (System.identityHashCode(index) * 31 + offset) * 31 + octets;
        }
    }

    /** Arithmetic. The operands are compared by identity, for a program may have thousands of operations in a row. */
    record Operation(Operator operator, Value left, Value right, long most, int depth, boolean isRepeatable)
            implements Value {
        Operation(Operator operator, Value left, Value right) {
            this(
                    operator,
                    left,
                    right,
                    operator.most(left.most(), right.most()),
                    Math.max(left.depth(), right.depth()) + 1,
                    left.isRepeatable()
                            && right.isRepeatable()
                            && Math.max(left.depth(), right.depth()) < DEEPEST_REPEATED);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Operation operation
                    && operation.operator == operator
                    && operation.left == left
                    && operation.right == right;
        }

        @Override
        public int hashCode() {
            return (System.identityHashCode(left) * 31 + System.identityHashCode(right)) * 31 + operator.ordinal();
        }
    }
}
