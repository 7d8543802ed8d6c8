package io.podcapture.pcap.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instructions that compute a question's values, the left one into the accumulator and a right one that is no constant
 * into the index register. Where both are large, the one that needs more scratch words comes first, so that few are ever
 * needed. What is left to do is on a stack of its own: values nest as deep as a filter is long.
 */
final class Computation {
    /**
     * One instruction, and what the registers hold behind it, as far as it is known.
     *
     * @param waiting how many scratch words then hold something that is still needed
     */
    record Step(
            Instruction instruction,
            @Nullable Quantity accumulator,
            @Nullable Quantity index,
            int waiting) {}

    private enum Move {
        TO_INDEX,
        STORE,
        RELOAD_ACCUMULATOR,
        RELOAD_INDEX
    }

    /**
     * @param move null to compute the value into the accumulator, or to finish it if its parts are there
     * @param value that is computed or moved
     */
    private record Task(@Nullable Move move, Quantity value, boolean partsAreThere) {}

    private final List<Step> steps = new ArrayList<>();
    private final Deque<Task> tasks = new ArrayDeque<>();
    private final int firstScratchWord;
    private @Nullable Quantity accumulator;
    private @Nullable Quantity index;
    private int waiting;

    /** @param firstScratchWord those below keep other things */
    Computation(int firstScratchWord) {
        this.firstScratchWord = firstScratchWord;
    }

    List<Step> steps() {
        return steps;
    }

    /** Left into the accumulator, and right, if it is no constant, into the index register. */
    Computation compute(Question question) {
        if (question.right.isConstant()) {
            push(question.left);
        } else {
            pushBoth(question.left, question.right);
        }
        run();
        return this;
    }

    /** Into a scratch word that stays. */
    Computation compute(Quantity value, int scratchWord) {
        push(value);
        run();
        add(Bpf.ST, scratchWord);
        return this;
    }

    private void run() {
        while (!tasks.isEmpty()) {
            Task task = tasks.pop();
            if (task.move != null) {
                move(task.move, task.value);
            } else if (task.partsAreThere) {
                finish(task.value);
            } else {
                begin(task.value);
            }
        }
    }

    private void push(Quantity value) {
        tasks.push(new Task(null, value, false));
    }

    private void push(Move move, Quantity value) {
        tasks.push(new Task(move, value, false));
    }

    /** What is pushed last is done first. */
    private void begin(Quantity value) {
        Quantity left = value.left;
        Quantity right = value.right;
        if (left == null) {
            finish(value);
            return;
        }
        tasks.push(new Task(null, value, true));
        if (value.kind == Quantity.Kind.LOAD_INDEXED) {
            push(Move.TO_INDEX, left);
            if (!left.isSetAtOnce()) {
                push(left);
            }
        } else if (right == null || right.isConstant()) {
            push(left);
        } else {
            pushBoth(left, right);
        }
    }

    private void pushBoth(Quantity left, Quantity right) {
        if (right.isSetAtOnce()) {
            push(Move.TO_INDEX, right);
            push(left);
        } else if (left.leavesIndex()) {
            push(left);
            push(Move.TO_INDEX, right);
            push(right);
        } else if (left.scratchNeeded >= right.scratchNeeded) {
            push(Move.RELOAD_ACCUMULATOR, left);
            push(Move.TO_INDEX, right);
            push(right);
            push(Move.STORE, left);
            push(left);
        } else {
            push(Move.RELOAD_INDEX, right);
            push(left);
            push(Move.STORE, right);
            push(right);
        }
    }

    private void move(Move move, Quantity value) {
        switch (move) {
            case TO_INDEX -> toIndex(value);
            case STORE -> {
                int word = firstScratchWord + waiting;
                waiting++;
                add(Bpf.ST, word);
            }
            case RELOAD_ACCUMULATOR -> {
                waiting--;
                accumulator = value;
                add(Bpf.LD | Bpf.MEM, firstScratchWord + waiting);
            }
            case RELOAD_INDEX -> {
                waiting--;
                index = value;
                add(Bpf.LDX | Bpf.MEM, firstScratchWord + waiting);
            }
        }
    }

    private void toIndex(Quantity value) {
        index = value;
        switch (value.kind) {
            case CONSTANT -> add(Bpf.LDX | Bpf.IMM, value.operand);
            case LENGTH -> add(Bpf.LDX | Bpf.LEN, 0);
            case HEADER_LENGTH -> add(Bpf.LDX | Bpf.B | Bpf.MSH, value.operand);
            case SCRATCH -> add(Bpf.LDX | Bpf.MEM, value.operand);
            default -> add(Bpf.MISC | Bpf.TAX, 0);
        }
    }

    /** Its parts are in the registers, if it has any. */
    private void finish(Quantity value) {
        if (value.kind == Quantity.Kind.HEADER_LENGTH) {
            toIndex(value);
        }
        accumulator = value;
        switch (value.kind) {
            case CONSTANT, LEFT_OVER -> add(Bpf.LD | Bpf.IMM, value.operand);
            case LENGTH -> add(Bpf.LD | Bpf.LEN, 0);
            case LOAD -> add(Bpf.LD | value.code | Bpf.ABS, value.operand);
            case LOAD_INDEXED -> add(Bpf.LD | value.code | Bpf.IND, value.operand);
            case HEADER_LENGTH -> add(Bpf.MISC | Bpf.TXA, 0);
            case SCRATCH -> add(Bpf.LD | Bpf.MEM, value.operand);
            case NEGATION -> add(Bpf.ALU | Bpf.NEG, 0);
            case OPERATION -> {
                Quantity right = value.right;
                int operation = Bpf.ALU | value.code & ~Bpf.X;
                if (right != null && right.isConstant()) {
                    add(operation | Bpf.K, right.operand);
                } else {
                    add(operation | Bpf.X, 0);
                }
            }
        }
    }

    private void add(int code, int operand) {
        steps.add(new Step(new Instruction(code, 0, 0, operand), accumulator, index, waiting));
    }
}
