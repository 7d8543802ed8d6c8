package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Step.Compute;
import io.podcapture.pcap.filter.Step.Give;
import io.podcapture.pcap.filter.Step.NeedsCaptured;
import io.podcapture.pcap.filter.Step.NeedsCapturedTo;
import io.podcapture.pcap.filter.Step.NeedsNonZero;
import io.podcapture.pcap.filter.Value.Constant;
import io.podcapture.pcap.filter.Value.Merged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program once, in the order of its text, on values that are not known yet: what is left are blocks of what must be
 * done for each packet.
 */
final class FlowBuilder {
    /** So that programs are cut into methods between blocks alone. */
    private static final int MOST_STEPS = 50;

    private static final Value[] NOTHING = {};

    private final List<Instruction> program;
    private final Values values = new Values();
    private final int[] live;

    /** Those that begin at an instruction which a jump leads to. */
    private final @Nullable Arrival[] arrivals;

    private final List<Block> blocks = new ArrayList<>();
    private final Block accept = new Block(0, NOTHING);
    private final Block reject = new Block(0, NOTHING);

    private @Nullable Block open;
    private Value[] slots = new Value[Block.SLOTS];
    private boolean slotsShared;

    private FlowBuilder(List<Instruction> program) {
        this.program = program;
        live = Liveness.of(program);
        arrivals = new Arrival[program.size()];
        accept.exit = new Exit.Answer(true);
    }

    /** What is left of a program without jumps back: blocks that lead forward only; the first is where it begins. */
    static List<Block> blocks(List<Instruction> program) {
        return new FlowBuilder(program).build();
    }

    private List<Block> build() {
        Block start = new Block(live[0], slots);
        java.util.Arrays.fill(slots, values.constant(0));
        slotsShared = true;
        open = start;
        blocks.add(start);
        for (int i = 0; i < live.length; i++) {
            if (open != null && (arrivals[i] != null || open.steps.size() >= MOST_STEPS)) {
                leave(new Exit.Go(arriveAt(i)));
            }
            Arrival arrival = arrivals[i];
            if (arrival != null) {
                enter(arrival.block, arrival);
                arrivals[i] = null;
            }
            if (open != null) {
                run(program.get(i), i + 1);
            }
        }
        blocks.add(accept);
        blocks.add(reject);
        return blocks;
    }

    private void enter(Block block, Arrival arrival) {
        open = block;
        blocks.add(block);
        arrival.merge(block);
        slots = block.entry;
        slotsShared = true;
    }

    private void leave(Exit exit) {
        opened().exit = exit;
        open = null;
    }

    private Block opened() {
        return java.util.Objects.requireNonNull(open);
    }

    /** The block at an instruction, with the one that is open as a way to it. */
    private Block arriveAt(int index) {
        Arrival arrival = arrivals[index];
        if (arrival == null) {
            arrival = new Arrival(new Block(live[index], NOTHING));
            arrivals[index] = arrival;
        }
        arrival.from(opened(), slots);
        slotsShared = true;
        return arrival.block;
    }

    private void run(Instruction instruction, int next) {
        int code = instruction.code();
        int k = instruction.operand();
        switch (Bpf.classOf(code)) {
            case Bpf.LD -> load(Block.A, code, k);
            case Bpf.LDX -> load(Block.X, code, k);
            case Bpf.ST -> set(Block.WORDS + k, slots[Block.A]);
            case Bpf.STX -> set(Block.WORDS + k, slots[Block.X]);
            case Bpf.ALU -> calculate(code, k);
            case Bpf.JMP -> jump(instruction, next);
            case Bpf.RET -> answer(code == (Bpf.RET | Bpf.A) ? slots[Block.A] : values.constant(k));
            default -> {
                boolean toA = code == (Bpf.MISC | Bpf.TXA);
                set(toA ? Block.A : Block.X, slots[toA ? Block.X : Block.A]);
            }
        }
    }

    private void load(int slot, int code, int k) {
        int octets =
                switch (code & 0x18) {
                    case Bpf.W -> 4;
                    case Bpf.H -> 2;
                    default -> 1;
                };
        switch (code & 0xe0) {
            case Bpf.IMM -> set(slot, values.constant(k));
            case Bpf.LEN -> set(slot, values.originalLength());
            case Bpf.MEM -> set(slot, slots[Block.WORDS + k]);
            case Bpf.ABS -> {
                if (need(Integer.toUnsignedLong(k) + octets)) {
                    compute(slot, values.load(octets, k));
                }
            }
            case Bpf.IND -> {
                Value index = slots[Block.X];
                if (need(index, Integer.toUnsignedLong(k) + octets)) {
                    compute(slot, values.load(octets, index, k));
                }
            }
            default -> {
                if (need(Integer.toUnsignedLong(k) + 1)) {
                    Value words = values.operation(Operator.AND, values.load(1, k), values.constant(15));
                    compute(slot, values.operation(Operator.SHIFT_LEFT, words, values.constant(2)));
                }
            }
        }
    }

    private void calculate(int code, int k) {
        Value a = slots[Block.A];
        if (code == (Bpf.ALU | Bpf.NEG)) {
            compute(Block.A, values.operation(Operator.SUBTRACT, values.constant(0), a));
            return;
        }
        Operator operator = Operator.of(code);
        Value other = other(code, k);
        if (!operator.divides() || needNonZero(other)) {
            compute(Block.A, values.operation(operator, a, other));
        }
    }

    private void jump(Instruction instruction, int next) {
        int code = instruction.code();
        if (code == (Bpf.JMP | Bpf.JA)) {
            leave(new Exit.Go(arriveAt(next + instruction.operand())));
            return;
        }
        Comparison comparison = Comparison.of(code);
        Value left = slots[Block.A];
        Value right = other(code, instruction.operand());
        int whenTrue = next + instruction.jumpTrue();
        int whenFalse = next + instruction.jumpFalse();
        switch (whenTrue == whenFalse ? Comparison.Outcome.ALWAYS : comparison.outcome(left, right)) {
            case ALWAYS -> leave(new Exit.Go(arriveAt(whenTrue)));
            case NEVER -> leave(new Exit.Go(arriveAt(whenFalse)));
            case OPEN -> leave(new Exit.Test(comparison, left, right, arriveAt(whenTrue), arriveAt(whenFalse)));
        }
    }

    private void answer(Value value) {
        if (value instanceof Constant constant) {
            leave(new Exit.Go(constant.number() == 0 ? reject : accept));
        } else {
            leave(new Exit.Test(Comparison.EQUAL, value, values.constant(0), reject, accept));
        }
    }

    private Value other(int code, int k) {
        return (code & Bpf.X) == 0 ? values.constant(k) : slots[Block.X];
    }

    private void compute(int slot, Value value) {
        if (!(value instanceof Constant)) {
            opened().steps.add(new Compute(value));
        }
        set(slot, value);
    }

    private void set(int slot, Value value) {
        if (slotsShared) {
            slots = slots.clone();
            slotsShared = false;
        }
        slots[slot] = value;
    }

    /** Whether a packet can be so long; if none can, the block ends here. */
    private boolean need(long octets) {
        if (octets > Integer.MAX_VALUE) {
            leave(new Exit.Go(reject));
            return false;
        }
        opened().steps.add(new NeedsCaptured((int) octets));
        return true;
    }

    private boolean need(Value index, long end) {
        if (index instanceof Constant constant) {
            return need(Integer.toUnsignedLong(constant.number()) + end);
        }
        if (end > Integer.MAX_VALUE) {
            leave(new Exit.Go(reject));
            return false;
        }
        opened().steps.add(new NeedsCapturedTo(index, (int) end));
        return true;
    }

    private boolean needNonZero(Value divisor) {
        if (divisor instanceof Constant constant) {
            if (constant.number() == 0) {
                leave(new Exit.Go(reject));
            }
            return constant.number() != 0;
        }
        opened().steps.add(new NeedsNonZero(divisor));
        return true;
    }

    /** The ways to a block. */
    private static final class Arrival {
        final Block block;
        final List<Block> from = new ArrayList<>();
        final List<Value[]> slots = new ArrayList<>();

        Arrival(Block block) {
            this.block = block;
        }

        void from(Block way, Value[] with) {
            from.add(way);
            slots.add(with);
        }

        /** A live slot that holds different values gets one of its own, given on each way. */
        void merge(Block into) {
            into.entry = slots.get(0);
            for (int slot = 0; slot < Block.SLOTS; slot++) {
                if ((into.live >> slot & 1) != 0 && differs(slot)) {
                    if (into.entry == slots.get(0)) {
                        into.entry = into.entry.clone();
                    }
                    Merged merged = new Merged();
                    into.entry[slot] = merged;
                    for (int i = 0; i < from.size(); i++) {
                        from.get(i).steps.add(new Give(merged, slots.get(i)[slot]));
                    }
                }
            }
        }

        private boolean differs(int slot) {
            for (Value[] way : slots) {
                if (way[slot] != slots.get(0)[slot]) {
                    return true;
                }
            }
            return false;
        }
    }
}
