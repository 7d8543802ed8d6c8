package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Exit.Answer;
import io.podcapture.pcap.filter.Exit.Choice;
import io.podcapture.pcap.filter.Exit.Go;
import io.podcapture.pcap.filter.Exit.Membership;
import io.podcapture.pcap.filter.Exit.Test;
import io.podcapture.pcap.filter.MethodCode.Label;
import io.podcapture.pcap.filter.Step.Compute;
import io.podcapture.pcap.filter.Step.Give;
import io.podcapture.pcap.filter.Step.NeedsCaptured;
import io.podcapture.pcap.filter.Step.NeedsCapturedTo;
import io.podcapture.pcap.filter.Step.NeedsNonZero;
import io.podcapture.pcap.filter.Value.Constant;
import io.podcapture.pcap.filter.Value.OriginalLength;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes the code of a region: its blocks in their order, then what leads out of it. */
final class RegionWriter {
    /** Chosen from so few, one after the other is faster than a switch. */
    private static final int MOST_COMPARED = 3;

    private static final Block NOWHERE = new Block(0, new Value[0]);

    private final Region region;
    private final Regions regions;
    private final Set<Value> needed;
    private final FilterMethods methods;
    private final MethodCode code;
    private final ValueWriter values;

    /** Where the blocks are, and the calls for those that are in other regions. */
    private final Map<Block, Place> places = new LinkedHashMap<>();

    private final Place accept = new Place();
    private final Place reject = new Place();

    /** A place of the code, and the local variables that hold their values on each way there so far. */
    private static final class Place {
        final Label label = new Label();
        BitSet held = new BitSet();
        boolean reached;
    }

    RegionWriter(Region region, Regions regions, Set<Value> needed, FilterMethods methods, ConstantPool pool) {
        this.region = region;
        this.regions = regions;
        this.needed = needed;
        this.methods = methods;
        code = new MethodCode(pool);
        values = new ValueWriter(code, pool, methods.parameters(region));
    }

    MethodCode write() {
        declare();
        values.initialize();
        enter();
        for (int i = 0; i < region.blocks.size(); i++) {
            Block block = region.blocks.get(i);
            Place place = place(block);
            code.bind(place.label);
            values.hold(place.held);
            for (Step step : block.steps) {
                step(step);
            }
            exit(block.exit, i + 1 < region.blocks.size() ? region.blocks.get(i + 1) : NOWHERE);
        }
        callOthers();
        answer(accept, Opcodes.ICONST_1);
        answer(reject, Opcodes.ICONST_0);
        return code;
    }

    int locals() {
        return values.locals();
    }

    private void declare() {
        for (Block block : region.entries.keySet()) {
            for (Value value : passed(block).values()) {
                values.declare(value);
            }
        }
        for (Block block : region.blocks) {
            for (Step step : block.steps) {
                if (step instanceof Compute compute) {
                    values.declare(compute.value());
                } else if (step instanceof Give give) {
                    values.declare(give.merged());
                }
            }
            if (block.exit instanceof Choice choice) {
                values.declare(choice.value());
            } else if (block.exit instanceof Membership membership) {
                values.declare(membership.value());
            } else if (block.exit instanceof Test test) {
                values.declare(test.left());
                values.declare(test.right());
            }
        }
    }

    /** What is given to a region that is entered at the block, by slot. */
    private Map<Integer, Value> passed(Block block) {
        Map<Integer, Value> passed = new LinkedHashMap<>();
        for (int slot = 0; slot < Block.SLOTS; slot++) {
            if ((block.live >> slot & 1) != 0 && needed.contains(block.entry[slot]) && isComputed(block.entry[slot])) {
                passed.put(slot, block.entry[slot]);
            }
        }
        return passed;
    }

    private static boolean isComputed(Value value) {
        return !(value instanceof Constant || value instanceof OriginalLength);
    }

    private void enter() {
        List<Block> entries = new ArrayList<>(region.entries.keySet());
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            labels.add(new Label());
        }
        if (entries.size() > 1) {
            code.local(Opcodes.ILOAD, FilterMethods.ENTRY);
            code.tableSwitch(labels, labels.get(0));
        }
        for (int i = 0; i < entries.size(); i++) {
            code.bind(labels.get(i));
            values.hold(new BitSet());
            for (Map.Entry<Integer, Value> passed : passed(entries.get(i)).entrySet()) {
                code.local(Opcodes.ILOAD, methods.parameter(region, passed.getKey()));
                values.store(passed.getValue());
            }
            go(entries.get(i), i + 1 == entries.size() ? region.blocks.get(0) : NOWHERE);
        }
        if (entries.isEmpty()) {
            arrive(region.blocks.get(0));
        }
    }

    private void step(Step step) {
        if (step instanceof Compute compute) {
            values.compute(compute.value());
        } else if (step instanceof Give give) {
            values.push(give.value());
            values.store(give.merged());
        } else if (step instanceof NeedsCaptured needs) {
            code.local(Opcodes.ILOAD, ValueWriter.CAPTURED);
            code.push(needs.octets());
            rejectIf(Opcodes.IF_ICMPLT);
        } else if (step instanceof NeedsNonZero needs) {
            values.push(needs.divisor());
            rejectIf(Opcodes.IFEQ);
        } else if (step instanceof NeedsCapturedTo needs) {
            needTo(needs);
        }
    }

    private void needTo(NeedsCapturedTo needs) {
        values.push(needs.index());
        if (needs.index().most() + needs.end() <= Integer.MAX_VALUE) {
            code.push(needs.end());
            code.simple(Opcodes.IADD);
            code.local(Opcodes.ILOAD, ValueWriter.CAPTURED);
            rejectIf(Opcodes.IF_ICMPGT);
            return;
        }
        code.simple(Opcodes.I2L);
        code.push(Value.MAX);
        code.simple(Opcodes.LAND);
        code.push(needs.end());
        code.simple(Opcodes.I2L);
        code.simple(Opcodes.LADD);
        code.local(Opcodes.ILOAD, ValueWriter.CAPTURED);
        code.simple(Opcodes.I2L);
        code.simple(Opcodes.LCMP);
        rejectIf(Opcodes.IFGT);
    }

    private void rejectIf(int jump) {
        reject.reached = true;
        code.jump(jump, reject.label);
    }

    private void exit(Exit exit, Block next) {
        if (exit instanceof Go go) {
            go(go.to(), next);
        } else if (exit instanceof Test test) {
            branch(compare(test), test.whenTrue(), test.whenFalse(), next);
        } else if (exit instanceof Membership membership) {
            values.compute(membership.value());
            MemberTable table = membership.table();
            differsFrom(membership.value(), table.multiplier(), table.shift(), table.first());
            differsFrom(membership.value(), table.otherMultiplier(), table.shift(), table.second());
            code.simple(Opcodes.IAND);
            branch(Opcodes.IFGE, membership.whenTrue(), membership.whenFalse(), next);
        } else if (exit instanceof Choice choice) {
            values.compute(choice.value());
            choose(choice, next);
        }
    }

    /** Puts a negative number on the stack if what stands where the value would be is not the value. */
    private void differsFrom(Value value, int multiplier, int shift, int first) {
        methods.pushNumbers(code);
        values.push(value);
        code.push(multiplier);
        code.simple(Opcodes.IMUL);
        code.push(shift);
        code.simple(Opcodes.IUSHR);
        code.push(first);
        code.simple(Opcodes.IADD);
        code.simple(Opcodes.IALOAD);
        values.push(value);
        code.simple(Opcodes.IXOR);
        code.simple(Opcodes.DUP);
        code.simple(Opcodes.INEG);
        code.simple(Opcodes.IOR);
    }

    private void choose(Choice choice, Block next) {
        List<Integer> numbers = choice.numbers();
        values.push(choice.value());
        if (numbers.size() > MOST_COMPARED) {
            List<Label> labels = new ArrayList<>();
            for (Block target : choice.targets()) {
                labels.add(arrive(target));
            }
            code.lookupSwitch(numbers, labels, arrive(choice.whenNone()));
            return;
        }
        for (int i = 0; i < numbers.size(); i++) {
            if (i > 0) {
                values.push(choice.value());
            }
            code.push(numbers.get(i));
            code.jump(Opcodes.IF_ICMPEQ, arrive(choice.targets().get(i)));
        }
        go(choice.whenNone(), next);
    }

    /** Returns the jump that is taken if the test holds. */
    private int compare(Test test) {
        values.compute(test.left());
        values.compute(test.right());
        boolean withZero = test.right() instanceof Constant constant && constant.number() == 0;
        if (test.comparison() == Comparison.EQUAL && withZero) {
            values.push(test.left());
            return Opcodes.IFEQ;
        }
        boolean ordered = test.comparison() == Comparison.GREATER || test.comparison() == Comparison.GREATER_OR_EQUAL;
        boolean signed = !ordered || test.left().isSmall() && test.right().isSmall();
        values.push(test.left());
        if (!signed) {
            turnSign();
        }
        values.push(test.right());
        if (!signed) {
            turnSign();
        }
        return switch (test.comparison()) {
            case EQUAL -> Opcodes.IF_ICMPEQ;
            case GREATER -> Opcodes.IF_ICMPGT;
            case GREATER_OR_EQUAL -> Opcodes.IF_ICMPGE;
            case SHARES_A_BIT -> {
                code.simple(Opcodes.IAND);
                yield Opcodes.IFNE;
            }
        };
    }

    /** So that unsigned numbers compare as signed ones. */
    private void turnSign() {
        code.push(Integer.MIN_VALUE);
        code.simple(Opcodes.IADD);
    }

    private void branch(int jump, Block whenTrue, Block whenFalse, Block next) {
        if (whenTrue == next) {
            code.jump(Opcodes.opposite(jump), arrive(whenFalse));
            arrive(whenTrue);
        } else {
            code.jump(jump, arrive(whenTrue));
            go(whenFalse, next);
        }
    }

    private void go(Block to, Block next) {
        Label label = arrive(to);
        if (to != next) {
            code.jump(label);
        }
    }

    private Label arrive(Block block) {
        Place place = place(block);
        if (place.reached) {
            place.held.and(values.held());
        } else {
            place.held = (BitSet) values.held().clone();
            place.reached = true;
        }
        return place.label;
    }

    private Place place(Block block) {
        if (block.exit instanceof Answer answer) {
            return answer.matches() ? accept : reject;
        }
        Place place = places.get(block);
        if (place == null) {
            place = new Place();
            places.put(block, place);
        }
        return place;
    }

    private void callOthers() {
        for (Map.Entry<Block, Place> other : places.entrySet()) {
            Block block = other.getKey();
            if (regions.of(block) != region) {
                code.bind(other.getValue().label);
                values.hold(other.getValue().held);
                call(block);
            }
        }
    }

    private void call(Block block) {
        Region other = regions.of(block);
        for (int i = 0; i < FilterMethods.ENTRY; i++) {
            code.local(i <= ValueWriter.BUFFER ? Opcodes.ALOAD : Opcodes.ILOAD, i);
        }
        code.push(Objects.requireNonNull(other.entries.get(block)));
        Map<Integer, Value> passed = passed(block);
        for (int slot : other.slots()) {
            Value value = passed.get(slot);
            if (value == null) {
                code.push(0);
            } else {
                values.push(value);
            }
        }
        methods.call(code, other);
        code.simple(Opcodes.IRETURN);
    }

    private void answer(Place place, int opcode) {
        if (place.reached) {
            code.bind(place.label);
            code.simple(opcode);
            code.simple(Opcodes.IRETURN);
        }
    }
}
