package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Comparison.Outcome;
import io.podcapture.pcap.filter.Exit.Test;
import io.podcapture.pcap.filter.Step.NeedsCaptured;
import io.podcapture.pcap.filter.Step.NeedsCapturedTo;
import io.podcapture.pcap.filter.Step.NeedsNonZero;
import io.podcapture.pcap.filter.Value.Constant;
import org.jspecify.annotations.Nullable;

/**
 * What a packet that came so far is known to be.
 *
 * @param captured so many octets of it are captured at least
 * @param fulfilled what else steps have needed
 * @param equal tests for a constant that held: apart, since they decide most and others would hide them
 * @param settled all other tests
 */
record Facts(
        int captured,
        @Nullable History<Step> fulfilled,
        @Nullable History<Settled> equal,
        @Nullable History<Settled> settled) {
    static final Facts NONE = new Facts(0, null, null, null);

    /** A test that was made. */
    record Settled(Test test, boolean holds) {
        Outcome decides(Test next) {
            if (test.left() != next.left()) {
                return Outcome.OPEN;
            }
            if (test.right() == next.right() && test.comparison() == next.comparison()) {
                return holds ? Outcome.ALWAYS : Outcome.NEVER;
            }
            if (holds && test.isForConstant() && next.right() instanceof Constant constant) {
                int number = ((Constant) test.right()).number();
                return next.comparison().holds(number, constant.number()) ? Outcome.ALWAYS : Outcome.NEVER;
            }
            return Outcome.OPEN;
        }
    }

    Facts common(Facts other) {
        return new Facts(
                Math.min(captured, other.captured),
                History.common(fulfilled, other.fulfilled),
                History.common(equal, other.equal),
                History.common(settled, other.settled));
    }

    Facts and(Test test, boolean holds) {
        Settled latest = new Settled(test, holds);
        return holds && test.isForConstant()
                ? new Facts(captured, fulfilled, History.and(equal, latest), settled)
                : new Facts(captured, fulfilled, equal, History.and(settled, latest));
    }

    /** {@return what is known once a step has been done} */
    Facts and(Step step) {
        if (step instanceof NeedsCaptured needs) {
            return new Facts(Math.max(captured, needs.octets()), fulfilled, equal, settled);
        }
        if (step instanceof NeedsCapturedTo needs) {
            return new Facts(Math.max(captured, needs.end()), History.and(fulfilled, step), equal, settled);
        }
        return step instanceof NeedsNonZero ? new Facts(captured, History.and(fulfilled, step), equal, settled) : this;
    }

    /** {@return whether what a step needs is so, which it is if it needs nothing} */
    boolean cover(Step step) {
        if (step instanceof NeedsCaptured needs) {
            return needs.octets() <= captured;
        }
        if (step instanceof NeedsCapturedTo needs) {
            return needs.index().most() + needs.end() <= captured || isFulfilled(step);
        }
        return !(step instanceof NeedsNonZero) || isFulfilled(step);
    }

    private boolean isFulfilled(Step needed) {
        History<Step> at = fulfilled;
        for (int looks = 0; at != null && looks < History.MOST_LOOKS; looks++) {
            if (covers(at.latest(), needed)) {
                return true;
            }
            at = at.earlier();
        }
        return false;
    }

    private static boolean covers(Step earlier, Step needed) {
        if (earlier instanceof NeedsCapturedTo known && needed instanceof NeedsCapturedTo needs) {
            return known.index() == needs.index() && known.end() >= needs.end();
        }
        return earlier instanceof NeedsNonZero known
                && needed instanceof NeedsNonZero needs
                && known.divisor() == needs.divisor();
    }

    /** {@return what a test comes to, as far as an earlier one has decided it} */
    Outcome outcome(Test test) {
        Outcome outcome = outcome(equal, test);
        return outcome == Outcome.OPEN ? outcome(settled, test) : outcome;
    }

    private static Outcome outcome(@Nullable History<Settled> history, Test test) {
        Outcome outcome = Outcome.OPEN;
        History<Settled> at = history;
        for (int looks = 0; at != null && outcome == Outcome.OPEN && looks < History.MOST_LOOKS; looks++) {
            outcome = at.latest().decides(test);
            at = at.earlier();
        }
        return outcome;
    }
}
