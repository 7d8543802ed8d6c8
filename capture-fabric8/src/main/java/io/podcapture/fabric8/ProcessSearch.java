package io.podcapture.fabric8;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the processes of containers on one node. All captures that start together say at first what they will want, so that
 * one look answers for all.
 */
final class ProcessSearch {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> wanted = new LinkedHashSet<>();
    private Map<String, Integer> found = Map.of();

    /** Looks at the node. */
    interface Look {
        /** Returns what the script printed. */
        String at(List<String> containerIds) throws IOException, InterruptedException;
    }

    /** Says which containers somebody will ask for. */
    void want(Collection<String> containerIds) {
        lock.lock();
        try {
            wanted.addAll(containerIds);
        } finally {
            lock.unlock();
        }
    }

    /** Returns a process of the first of the containers that has one; looks if none is known yet. */
    Optional<Integer> find(List<String> containerIds, Look look) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<Integer> known = first(containerIds);
            if (known.isPresent()) {
                return known;
            }
            wanted.addAll(containerIds);
            lookNow(look);
            return first(containerIds);
        } finally {
            lock.unlock();
        }
    }

    /** Looks for all that somebody has said to want. */
    void look(Look look) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            lookNow(look);
        } finally {
            lock.unlock();
        }
    }

    private void lookNow(Look look) throws IOException, InterruptedException {
        Map<String, Integer> all = new HashMap<>(found);
        all.putAll(NodeProcesses.parse(look.at(List.copyOf(wanted)), wanted));
        found = all;
    }

    private Optional<Integer> first(List<String> containerIds) {
        return containerIds.stream().map(found::get).filter(Objects::nonNull).findFirst();
    }
}
