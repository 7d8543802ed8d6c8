package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The code of a method in which every local variable holds what it is declared for from the start, and nothing is on the
 * operand stack where a jump leads to: so all frames a verifier needs are the same.
 *
 * <p>Source: The Java Virtual Machine Specification, 4.7.3 "The Code Attribute", 4.7.4 "The StackMapTable Attribute", 6
 * "The Java Virtual Machine Instruction Set".
 */
final class MethodCode {
    /** What a jump reaches, and so what a method may have. */
    static final int MOST_OCTETS = 32_000;

    /** Further numbers are put together from two halves, for there is no place for more than 65,534 of all constants. */
    private static final int CROWDED_POOL = 50_000;

    private static final int WIDE = 0xc4;
    private static final int GOTO = 0xa7;
    private static final int TABLESWITCH = 0xaa;
    private static final int LOOKUPSWITCH = 0xab;
    private static final int FULL_FRAME = 255;
    private static final int INT = 1;
    private static final int OBJECT = 7;
    private static final int SAME_FRAME_EXTENDED = 251;

    /** All parameters of a method, and what computes the last one. */
    private static final int MOST_STACK = 24 + 16;

    private final ConstantPool pool;
    private final Octets code = new Octets();
    private final List<Jump> jumps = new ArrayList<>();

    /** @param offset of the octets that hold where the jump leads to, relative to the instruction */
    private record Jump(int instruction, int offset, boolean wide, Label to) {}

    /** A place in the code. */
    static final class Label {
        private int position = -1;
    }

    MethodCode(ConstantPool pool) {
        this.pool = pool;
    }

    int length() {
        return code.count();
    }

    void simple(int opcode) {
        code.u1(opcode);
    }

    void withConstant(int opcode, int index) {
        code.u1(opcode).u2(index);
    }

    /** A load or store. */
    void local(int opcode, int index) {
        if (index < 256) {
            code.u1(opcode).u1(index);
        } else {
            code.u1(WIDE).u1(opcode).u2(index);
        }
    }

    void push(int number) {
        if (number >= -1 && number <= 5) {
            code.u1(Opcodes.ICONST_0 + number);
        } else if (number == (byte) number) {
            code.u1(Opcodes.BIPUSH).u1(number);
        } else if (number == (short) number) {
            code.u1(Opcodes.SIPUSH).u2(number);
        } else if (pool.count() > CROWDED_POOL) {
            int low = (short) number;
            code.u1(Opcodes.SIPUSH).u2(number - low >> 16);
            code.u1(Opcodes.BIPUSH).u1(16).u1(Opcodes.ISHL);
            code.u1(Opcodes.SIPUSH).u2(low).u1(Opcodes.IADD);
        } else {
            int index = pool.integer(number);
            if (index < 256) {
                code.u1(Opcodes.LDC).u1(index);
            } else {
                code.u1(Opcodes.LDC_W).u2(index);
            }
        }
    }

    void push(long number) {
        code.u1(Opcodes.LDC2_W).u2(pool.longNumber(number));
    }

    void bind(Label label) {
        label.position = code.count();
    }

    void jump(int opcode, Label to) {
        jumps.add(new Jump(code.count(), code.count() + 1, false, to));
        code.u1(opcode).u2(0);
    }

    void jump(Label to) {
        jump(GOTO, to);
    }

    /** The top of the stack is an index of the labels. */
    void tableSwitch(List<Label> labels, Label otherwise) {
        int instruction = beginSwitch(TABLESWITCH);
        switchTarget(instruction, otherwise);
        code.u4(0).u4(labels.size() - 1);
        for (Label label : labels) {
            switchTarget(instruction, label);
        }
    }

    void lookupSwitch(List<Integer> ascending, List<Label> labels, Label otherwise) {
        int instruction = beginSwitch(LOOKUPSWITCH);
        switchTarget(instruction, otherwise);
        code.u4(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            code.u4(ascending.get(i));
            switchTarget(instruction, labels.get(i));
        }
    }

    private int beginSwitch(int opcode) {
        int instruction = code.count();
        code.u1(opcode);
        while (code.count() % 4 != 0) {
            code.u1(0);
        }
        return instruction;
    }

    private void switchTarget(int instruction, Label to) {
        jumps.add(new Jump(instruction, code.count(), true, to));
        code.u4(0);
    }

    /**
     * Writes the attribute.
     *
     * @param locals the classes of those that are objects, from the first; all others are ints
     * @param parameters how many of the locals are there when the method is called
     */
    void writeTo(Octets out, List<String> locals, int parameters, int allLocals) {
        TreeSet<Integer> targets = new TreeSet<>();
        for (Jump jump : jumps) {
            int offset = jump.to.position - jump.instruction;
            if (jump.wide) {
                code.setU4(jump.offset, offset);
            } else {
                code.setU2(jump.offset, offset);
            }
            targets.add(jump.to.position);
        }
        Octets frames = frames(targets, locals, parameters, allLocals);
        int name = pool.utf8("Code");
        int frameName = pool.utf8("StackMapTable");
        out.u2(name).u4(12 + code.count() + (targets.isEmpty() ? 0 : 6 + frames.count()));
        out.u2(MOST_STACK).u2(allLocals).u4(code.count()).all(code);
        out.u2(0).u2(targets.isEmpty() ? 0 : 1);
        if (!targets.isEmpty()) {
            out.u2(frameName).u4(frames.count()).all(frames);
        }
    }

    private Octets frames(Set<Integer> targets, List<String> locals, int parameters, int allLocals) {
        Octets frames = new Octets().u2(targets.size());
        int last = -1;
        for (int target : targets) {
            int delta = target - last - 1;
            if (last < 0 && allLocals > parameters) {
                frames.u1(FULL_FRAME).u2(delta).u2(allLocals);
                for (String name : locals) {
                    frames.u1(OBJECT).u2(pool.classOf(name));
                }
                for (int i = locals.size(); i < allLocals; i++) {
                    frames.u1(INT);
                }
                frames.u2(0);
            } else if (delta < 64) {
                frames.u1(delta);
            } else {
                frames.u1(SAME_FRAME_EXTENDED).u2(delta);
            }
            last = target;
        }
        return frames;
    }
}
