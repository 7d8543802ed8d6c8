package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Pods in memory. */
final class FakePodSource implements PodSource {
    private final List<String> watchedFrom = new ArrayList<>();
    private List<Pod> pods = List.of();
    private int version = 100;
    private int watchCode;
    private int openWatches;
    private boolean slow;
    private boolean listsSlow;
    private boolean listAwaited;
    private boolean watchAwaited;
    private int abandoned;
    private Optional<Watcher<Pod>> watcher = Optional.empty();

    synchronized void hold(Pod... now) {
        pods = List.of(now);
        version++;
    }

    synchronized void refuseWatches(int code) {
        watchCode = code;
    }

    /** Answers no call for a watch, or those that waited for it; who was interrupted meanwhile never gets the watch that opens. */
    synchronized void delayWatches(boolean yes) {
        slow = yes;
        openWatches += abandoned;
        abandoned = 0;
        notifyAll();
    }

    /** Answers no call for a list, or those that waited for it. */
    synchronized void delayLists(boolean yes) {
        listsSlow = yes;
        notifyAll();
    }

    synchronized boolean isListAwaited() {
        return listAwaited;
    }

    synchronized boolean isWatchAwaited() {
        return watchAwaited;
    }

    synchronized List<String> watchedFrom() {
        return List.copyOf(watchedFrom);
    }

    synchronized int openWatches() {
        return openWatches;
    }

    void tell(Watcher.Action action, Pod pod) {
        current().eventReceived(action, pod);
    }

    void endWatch() {
        Watcher<Pod> ended = current();
        synchronized (this) {
            watcher = Optional.empty();
        }
        ended.onClose(new WatcherException("too old resource version"));
    }

    @Override
    public synchronized PodList list() {
        listAwaited = listsSlow;
        awaitWhile(() -> listsSlow);
        return new PodListBuilder()
                .withItems(pods)
                .withNewMetadata()
                .withResourceVersion(Integer.toString(version))
                .endMetadata()
                .build();
    }

    @Override
    public synchronized Watch watch(String resourceVersion, Watcher<Pod> told) {
        watchAwaited = slow;
        try {
            awaitWhile(() -> slow);
        } catch (IllegalStateException e) {
            abandoned++;
            throw e;
        }
        if (watchCode != 0) {
            throw new KubernetesClientException("refused", watchCode, null);
        }
        watchedFrom.add(resourceVersion);
        watcher = Optional.of(told);
        openWatches++;
        notifyAll();
        return () -> {
            synchronized (this) {
                openWatches--;
            }
        };
    }

    /** Returns who is told by the watch that is open, once one is. */
    Watcher<Pod> watcher() {
        return current();
    }

    private synchronized Watcher<Pod> current() {
        awaitWhile(() -> watcher.isEmpty());
        return watcher.orElseThrow();
    }

    private synchronized void awaitWhile(BooleanSupplier state) {
        while (state.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
