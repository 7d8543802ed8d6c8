package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** What is still to go wrong with the commands of a pod, in its order. Safe for use by several threads. */
final class PendingFaults {
    private static final Predicate<List<String>> TCPDUMP = argv -> argv.contains("tcpdump");

    private record Pending(Predicate<List<String>> command, Fault fault) {}

    private final Queue<Pending> faults = new ConcurrentLinkedQueue<>();

    void add(Fault fault) {
        add(fault instanceof Fault.Refused ? argv -> true : TCPDUMP, fault);
    }

    void add(Predicate<List<String>> command, Fault fault) {
        faults.add(new Pending(command, fault));
    }

    void clear() {
        faults.clear();
    }

    /** Returns the refusal of a command that is in force; it stays so. */
    Optional<Fault.Refused> refusal(List<String> argv) {
        Pending next = faults.peek();
        return next != null
                        && next.fault() instanceof Fault.Refused refused
                        && next.command().test(argv)
                ? Optional.of(refused)
                : Optional.empty();
    }

    /** Takes the first fault for a command; what is behind a refusal waits for its end. */
    Optional<Fault> take(List<String> argv) {
        for (Pending each : faults) {
            if (each.fault() instanceof Fault.Refused) {
                break;
            }
            // Of two commands at once only one gets it.
            if (each.command().test(argv) && faults.remove(each)) {
                return Optional.of(each.fault());
            }
        }
        return Optional.empty();
    }
}
