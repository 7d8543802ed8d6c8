package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Value.Constant;
import io.podcapture.pcap.filter.Value.IndexedLoad;
import io.podcapture.pcap.filter.Value.Load;
import io.podcapture.pcap.filter.Value.Operation;
import io.podcapture.pcap.filter.Value.OriginalLength;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes what puts values on the stack. A value has one local variable, and is taken from there if on every way to the
 * place it was stored; else it is computed anew.
 */
final class ValueWriter {
    static final int BUFFER = 1;
    static final int POSITION = 2;
    static final int CAPTURED = 3;
    static final int ORIGINAL = 4;

    private static final String BYTE_BUFFER = "java/nio/ByteBuffer";

    private final MethodCode code;
    private final ConstantPool pool;
    private final int firstLocal;
    private final Map<Value, Integer> locals = new HashMap<>();
    private BitSet held = new BitSet();

    ValueWriter(MethodCode code, ConstantPool pool, int firstLocal) {
        this.code = code;
        this.pool = pool;
        this.firstLocal = firstLocal;
    }

    /** Gives the value a local variable, if it needs one. */
    void declare(Value value) {
        if (!(value instanceof Constant || value instanceof OriginalLength)) {
            locals.putIfAbsent(value, firstLocal + locals.size());
        }
    }

    /** {@return how many local variables there are, with the parameters} */
    int locals() {
        return firstLocal + locals.size();
    }

    /** Stores 0 in each, so that a verifier sees an int in it wherever it comes from. */
    void initialize() {
        for (int i = firstLocal; i < locals(); i++) {
            code.push(0);
            code.local(Opcodes.ISTORE, i);
        }
    }

    /** What is held from here on. */
    void hold(BitSet values) {
        held = values;
    }

    BitSet held() {
        return held;
    }

    private boolean isHeld(Value value) {
        Integer local = locals.get(value);
        return local != null && held.get(local);
    }

    private int local(Value value) {
        return Objects.requireNonNull(locals.get(value), "a value that is not declared");
    }

    /** Sees to it that a declared value is held. */
    void compute(Value value) {
        if (locals.containsKey(value) && !isHeld(value)) {
            push(value);
            store(value);
        }
    }

    /** Stores the top of the stack as the value. */
    void store(Value value) {
        int local = local(value);
        code.local(Opcodes.ISTORE, local);
        held.set(local);
    }

    void push(Value value) {
        if (value instanceof Constant constant) {
            code.push(constant.number());
        } else if (value instanceof OriginalLength) {
            code.local(Opcodes.ILOAD, ORIGINAL);
        } else if (isHeld(value)) {
            code.local(Opcodes.ILOAD, local(value));
        } else if (value instanceof Load load) {
            code.local(Opcodes.ALOAD, BUFFER);
            code.local(Opcodes.ILOAD, POSITION);
            get(load.octets(), load.offset());
        } else if (value instanceof IndexedLoad load) {
            code.local(Opcodes.ALOAD, BUFFER);
            code.local(Opcodes.ILOAD, POSITION);
            push(load.index());
            code.simple(Opcodes.IADD);
            get(load.octets(), load.offset());
        } else if (value instanceof Operation operation) {
            operate(operation);
        } else {
            throw new IllegalStateException("a value is used on a way on which it is not given");
        }
    }

    /** With the buffer and what is added to the offset on the stack. */
    private void get(int octets, int offset) {
        if (offset != 0) {
            code.push(offset);
            code.simple(Opcodes.IADD);
        }
        switch (octets) {
            case 4 -> code.withConstant(Opcodes.INVOKEVIRTUAL, pool.method(BYTE_BUFFER, "getInt", "(I)I"));
            case 2 -> code.withConstant(Opcodes.INVOKEVIRTUAL, pool.method(BYTE_BUFFER, "getChar", "(I)C"));
            default -> {
                code.withConstant(Opcodes.INVOKEVIRTUAL, pool.method(BYTE_BUFFER, "get", "(I)B"));
                code.push(0xff);
                code.simple(Opcodes.IAND);
            }
        }
    }

    private void operate(Operation operation) {
        push(operation.left());
        push(operation.right());
        boolean small = operation.left().isSmall() && operation.right().isSmall();
        switch (operation.operator()) {
            case ADD -> code.simple(Opcodes.IADD);
            case SUBTRACT -> code.simple(Opcodes.ISUB);
            case MULTIPLY -> code.simple(Opcodes.IMUL);
            case AND -> code.simple(Opcodes.IAND);
            case OR -> code.simple(Opcodes.IOR);
            case XOR -> code.simple(Opcodes.IXOR);
            case DIVIDE -> divide(small, Opcodes.IDIV, "divideUnsigned");
            case REMAINDER -> divide(small, Opcodes.IREM, "remainderUnsigned");
            case SHIFT_LEFT -> shift(Opcodes.ISHL, operation.right());
            case SHIFT_RIGHT -> shift(Opcodes.IUSHR, operation.right());
        }
    }

    private void divide(boolean small, int signed, String unsigned) {
        if (small) {
            code.simple(signed);
        } else {
            code.withConstant(Opcodes.INVOKESTATIC, pool.method("java/lang/Integer", unsigned, "(II)I"));
        }
    }

    /** Without a jump, for something may lie below on the stack: a shift by 32 or more gives 0. */
    private void shift(int opcode, Value by) {
        code.simple(opcode);
        if (by.most() >= 32) {
            push(by);
            code.push(-32);
            code.simple(Opcodes.IAND);
            pushWhetherNotZero();
            code.push(-1);
            code.simple(Opcodes.IXOR);
            code.simple(Opcodes.IAND);
        }
    }

    /** Makes the top of the stack -1 if it is not 0, else 0. */
    private void pushWhetherNotZero() {
        code.simple(Opcodes.DUP);
        code.simple(Opcodes.INEG);
        code.simple(Opcodes.IOR);
        code.push(31);
        code.simple(Opcodes.ISHR);
    }
}
