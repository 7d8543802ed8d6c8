package io.podcapture.fabric8;

import io.podcapture.FailureReason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What goes wrong in a run, and what may then be said of it truthfully. Put together by one thread. */
final class Mishap {
    final String name;
    private Action before = place -> {};
    private Action amid = place -> {};
    private boolean complete;
    private final Set<FailureReason> refused = EnumSet.noneOf(FailureReason.class);
    private final Set<FailureReason> broken = EnumSet.noneOf(FailureReason.class);
    private Predicate<String> others = host -> false;
    Duration requestTimeout = Duration.ofSeconds(20);
    Duration startTimeout = Duration.ofSeconds(60);
    Duration stopTimeout = Duration.ofSeconds(30);
    Optional<RunDisk> disk = Optional.empty();
    ClockJump jump = ClockJump.NONE;

    /** Does it. */
    interface Action {
        void happen(RunPlace place);
    }

    Mishap(String name) {
        this.name = name;
    }

    /** It happens before the start. */
    Mishap before(Action action) {
        before = action;
        return this;
    }

    /** It happens while packets are seen. */
    Mishap amid(Action action) {
        amid = action;
        return this;
    }

    /** The capture may be complete all the same. */
    Mishap harmless() {
        complete = true;
        return this;
    }

    /** The start may fail for one of these reasons. */
    Mishap refuses(FailureReason... reasons) {
        refused.addAll(List.of(reasons));
        return this;
    }

    /** The capture may end early for one of these reasons. */
    Mishap breaks(FailureReason... reasons) {
        broken.addAll(List.of(reasons));
        return this;
    }

    /** It concerns other hosts too. */
    Mishap concerning(Predicate<String> hosts) {
        others = hosts;
        return this;
    }

    /** How long an answer is waited for, where that is what ends a request. */
    Mishap requestTimeout(Duration time) {
        requestTimeout = time;
        return this;
    }

    /** How long a start is waited for, where that is what ends it. */
    Mishap startTimeout(Duration time) {
        startTimeout = time;
        return this;
    }

    /** How long a stop is waited for, where that is what ends it. */
    Mishap stopTimeout(Duration time) {
        stopTimeout = time;
        return this;
    }

    Mishap disk(RunDisk under) {
        disk = Optional.of(under);
        return this;
    }

    Mishap jump(ClockJump clock) {
        jump = clock;
        return this;
    }

    void before(RunPlace place) {
        before.happen(place);
    }

    void amid(RunPlace place) {
        amid.happen(place);
    }

    boolean concerns(String host, String victim) {
        return host.equals(victim) || others.test(host);
    }

    boolean mayBeComplete() {
        return complete;
    }

    /** Where all of several methods, or all of the hosts, fail, the reason is that none is left; the words say why. */
    boolean mayRefuse(FailureReason reason) {
        return refused.contains(reason) || reason == FailureReason.NO_USABLE_METHOD && !refused.isEmpty();
    }

    boolean mayBreak(FailureReason reason) {
        return broken.contains(reason);
    }

    @Override
    public String toString() {
        return name;
    }
}
