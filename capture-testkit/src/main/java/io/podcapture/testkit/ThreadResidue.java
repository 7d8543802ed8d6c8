package io.podcapture.testkit;

import java.util.List;
import java.util.Set;

/** The threads of sessions. */
final class ThreadResidue implements Residue {
    private Set<Thread> before = Set.of();

    @Override
    public void look() {
        before = Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    @Override
    public List<String> left() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("podcapture-") && !before.contains(thread))
                .map(thread -> "thread " + thread.getName())
                .sorted()
                .toList();
    }
}
