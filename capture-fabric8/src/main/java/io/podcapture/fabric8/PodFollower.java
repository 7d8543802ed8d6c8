package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.CapturePoint;
import io.podcapture.spi.PointListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a listener which pods of a target come and go.
 *
 * <p>The first pods are told on the thread that begins, all later news on one thread of its own: never on a thread of the
 * client, which has other streams to serve.
 */
final class PodFollower implements AutoCloseable {
    private static final Duration IDLE = Duration.ofHours(1);

    private final Lookups lookups = new Lookups();
    private final PodNews news;
    private final PodMembers members;
    private final PointListener listener;
    private final Map<String, CapturePoint> present = new HashMap<>();
    private boolean begun;

    PodFollower(PodSource source, PodMembers members, PointListener listener) {
        this.news = new PodNews(source, lookups);
        this.members = members;
        this.listener = listener;
    }

    /**
     * Tells of the pods that are there, and follows them from then on; returns all it looked at, members or not. May be called
     * again after a failure.
     */
    List<Pod> begin(String name) {
        PodNews.News first = news.begin();
        accept(first);
        begun = true;
        Thread thread = new Thread(this::run, "podcapture-follow-" + name);
        thread.setDaemon(true);
        thread.start();
        return first.pods();
    }

    @Override
    public void close() {
        news.close();
    }

    /** Takes one piece of news; false if there will be no more. */
    boolean accept(PodNews.News piece) {
        switch (piece.kind()) {
            case ALL -> acceptAll(piece.pods());
            case CHANGED -> piece.pods().forEach(this::changed);
            case DELETED -> piece.pods().forEach(pod -> gone(pod.getMetadata().getUid(), fateOfDeleted(pod)));
            case LOST -> {}
            case CLOSED -> {
                return false;
            }
        }
        return true;
    }

    private void run() {
        try {
            boolean more = news.watch();
            while (more) {
                Optional<PodNews.News> piece = news.next(IDLE);
                more = piece.isEmpty() || accept(piece.get());
            }
        } catch (InterruptedException e) {
            // Nobody but the end of the process interrupts this thread.
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll(List<Pod> pods) {
        pods.forEach(this::changed);
        Set<String> there = new HashSet<>();
        pods.forEach(pod -> there.add(pod.getMetadata().getUid()));
        for (CapturePoint point : List.copyOf(present.values())) {
            if (!there.contains(point.id())) {
                gone(point.id(), "pod " + point.name() + " was deleted");
            }
        }
    }

    private void changed(Pod pod) {
        PodView view = new PodView(pod);
        Optional<String> fate = view.fate();
        if (fate.isPresent()) {
            gone(view.uid(), fate.get());
        } else if (!present.containsKey(view.uid()) && isMember(view)) {
            CapturePoint point = members.point(view);
            present.put(view.uid(), point);
            listener.joined(point);
        }
    }

    // The owner may have to be looked up. Where that fails later, the pod's next change asks again; at first it must
    // not, for
    // the pod would be missing in silence.
    private boolean isMember(PodView view) {
        try {
            return lookups.ask(() -> members.has(view));
        } catch (RuntimeException e) {
            if (!begun) {
                throw e;
            }
            return false;
        }
    }

    private void gone(String uid, String reason) {
        CapturePoint point = present.remove(uid);
        if (point != null) {
            listener.gone(point, reason);
        }
    }

    private static String fateOfDeleted(Pod pod) {
        return new PodView(pod).fate().orElseGet(() -> "pod " + new PodView(pod).name() + " was deleted");
    }
}
