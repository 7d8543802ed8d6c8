package io.podcapture.pcap.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one may enter a question's instructions: behind those whose results one has in the registers already. */
final class Entry {
    /** Farther back is not looked, so that a question of any length takes time in proportion. */
    private static final int MOST_STEPS = 32;

    private final List<Computation.Step> steps;

    /** At each step and behind the last, whether the register is read before it is written. */
    private final boolean[] accumulatorNeeded;

    private final boolean[] indexNeeded;

    /** @param comparesIndex whether the jump behind the steps does */
    Entry(List<Computation.Step> steps, boolean comparesIndex) {
        this.steps = steps;
        int count = steps.size();
        accumulatorNeeded = new boolean[count + 1];
        indexNeeded = new boolean[count + 1];
        accumulatorNeeded[count] = true;
        indexNeeded[count] = comparesIndex;
        for (int i = count - 1; i >= 0; i--) {
            int code = steps.get(i).instruction().code();
            accumulatorNeeded[i] = readsAccumulator(code) || accumulatorNeeded[i + 1] && !writesAccumulator(code);
            indexNeeded[i] = readsIndex(code) || indexNeeded[i + 1] && !writesIndex(code);
        }
    }

    private static boolean readsAccumulator(int code) {
        return switch (Bpf.classOf(code)) {
            case Bpf.ALU, Bpf.ST -> true;
            default -> code == (Bpf.MISC | Bpf.TAX);
        };
    }

    private static boolean writesAccumulator(int code) {
        return switch (Bpf.classOf(code)) {
            case Bpf.ALU, Bpf.LD -> true;
            default -> code == (Bpf.MISC | Bpf.TXA);
        };
    }

    private static boolean readsIndex(int code) {
        return switch (Bpf.classOf(code)) {
            case Bpf.ALU -> (code & Bpf.X) != 0;
            case Bpf.LD -> (code & 0xe0) == Bpf.IND;
            default -> code == (Bpf.MISC | Bpf.TXA);
        };
    }

    private static boolean writesIndex(int code) {
        return Bpf.classOf(code) == Bpf.LDX || code == (Bpf.MISC | Bpf.TAX);
    }

    /** The last step at which one may enter with these values in the registers; null for what is not known. */
    int last(@Nullable Quantity accumulator, @Nullable Quantity index) {
        int step = steps.size();
        int least = Math.max(0, step - MOST_STEPS);
        while (step > least && !mayEnter(step, accumulator, index)) {
            step--;
        }
        return step > least ? step : 0;
    }

    private boolean mayEnter(int step, @Nullable Quantity accumulator, @Nullable Quantity index) {
        Computation.Step before = steps.get(step - 1);
        return before.waiting() == 0
                && (!accumulatorNeeded[step] || accumulator != null && accumulator == before.accumulator())
                && (!indexNeeded[step] || index != null && index == before.index());
    }

    /** What the index register holds behind the steps. */
    @Nullable
    Quantity indexBehind(int entered, @Nullable Quantity index) {
        for (int i = entered; i < steps.size(); i++) {
            if (writesIndex(steps.get(i).instruction().code())) {
                return steps.get(steps.size() - 1).index();
            }
        }
        return index;
    }
}
