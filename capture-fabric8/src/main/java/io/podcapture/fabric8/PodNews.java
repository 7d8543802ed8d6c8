package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What happens to pods, without a gap: a list, then a watch from that list on, and a new list when the watch ends.
 *
 * <p>Used by one thread, but for {@link #close}; the watch only fills the queue.
 */
final class PodNews implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration OPENING = Duration.ofSeconds(10);
    private static final Duration OPENING_AT_THE_END = Duration.ofSeconds(2);
    private static final Duration OPENING_AGAIN = Duration.ofMinutes(1);
    private static final int FORBIDDEN = 403;

    private final PodSource source;
    private final Lookups lookups;
    private final WatchOpening opening;
    private final BlockingQueue<News> queue = new LinkedBlockingQueue<>();
    private Optional<Watch> watch = Optional.empty();

    // Of the watch that counts: one given up while it opened may tell something before it is closed.
    private volatile Optional<Filler> filler = Optional.empty();
    private Optional<String> unwatched = Optional.empty();
    private boolean watchable = true;
    private boolean listDue;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean closed;

    enum Kind {
        /** All pods there are; what is not among them is gone. */
        ALL,
        CHANGED,
        DELETED,
        /** The watch has ended. Not given to the user of this class. */
        LOST,
        CLOSED
    }

    /** One piece of news. */
    record News(Kind kind, List<Pod> pods) {}

    PodNews(PodSource source) {
        this(source, new Lookups());
    }

    /**
     * Makes it.
     *
     * @param lookups of the thread that uses it; {@link #close} ends them
     */
    PodNews(PodSource source, Lookups lookups) {
        this(source, lookups, new WatchOpening(OPENING, OPENING_AT_THE_END, OPENING_AGAIN));
    }

    PodNews(PodSource source, Lookups lookups, WatchOpening opening) {
        this.source = source;
        this.lookups = lookups;
        this.opening = opening;
    }

    /**
     * Lists the pods. The watch from there on is opened when the next news is asked for: nobody who has the list needs to wait
     * for that too.
     *
     * @throws KubernetesClientException if they may not or cannot be listed
     */
    News begin() {
        PodList list = lookups.ask(source::list);
        unwatched = Optional.of(list.getMetadata().getResourceVersion());
        return new News(Kind.ALL, list.getItems());
    }

    /** Opens the watch that follows the list; returns whether pods may be watched. */
    boolean watch() {
        unwatched.ifPresent(this::openWatch);
        unwatched = Optional.empty();
        return watchable;
    }

    /**
     * Returns the next piece of news; empty if there is none in time. Where pods may not be watched it lists them about once a
     * second.
     */
    Optional<News> next(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!closed) {
            watch();
            long left = deadline - System.nanoTime();
            boolean listNext = listDue || !watchable;
            long wait = listNext ? Math.min(left, pause.toNanos()) : left;
            News news = queue.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            if (news != null && news.kind() != Kind.LOST) {
                return Optional.of(news);
            }
            if (news != null) {
                // The first list after the end of a watch waits too: a server that is going down ends all watches at
                // once.
                listDue = true;
            } else if (left <= 0) {
                return Optional.empty();
            } else if (listNext) {
                Optional<News> all = listAnew();
                if (all.isPresent()) {
                    return all;
                }
            }
        }
        return Optional.of(new News(Kind.CLOSED, List.of()));
    }

    @Override
    public void close() {
        closed = true;
        queue.add(new News(Kind.CLOSED, List.of()));
        lookups.end();
        opening.end();
        closeWatch();
    }

    private Optional<News> listAnew() {
        try {
            closeWatch();
            News all = begin();
            listDue = false;
            pause = FIRST_PAUSE;
            return Optional.of(all);
        } catch (RuntimeException e) {
            // Whatever it is, the server or the client may recover; without a list there is no news.
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            return Optional.empty();
        }
    }

    private void openWatch(String resourceVersion) {
        if (!watchable || closed) {
            return;
        }
        if (opening.isUnanswered()) {
            // Each that has no answer is a connection; until it has, or is too old, lists tell the news.
            listDue = true;
            return;
        }
        Filler filling = new Filler();
        filler = Optional.of(filling);
        try {
            Watch opened = opening.open(() -> source.watch(resourceVersion, filling));
            synchronized (this) {
                watch = Optional.of(opened);
            }
            if (closed) {
                closeWatch();
            }
        } catch (RuntimeException e) {
            // A watch that cannot be opened now is made up for by the next list.
            filler = Optional.empty();
            boolean forbidden = e instanceof KubernetesClientException refused && refused.getCode() == FORBIDDEN;
            watchable = !forbidden;
            listDue = !forbidden;
        }
    }

    private void closeWatch() {
        filler = Optional.empty();
        Optional<Watch> old;
        synchronized (this) {
            old = watch;
            watch = Optional.empty();
        }
        old.ifPresent(Watch::close);
    }

    private final class Filler implements Watcher<Pod> {
        @Override
        public void eventReceived(Action action, Pod pod) {
            switch (action) {
                case ADDED, MODIFIED -> add(new News(Kind.CHANGED, List.of(pod)));
                case DELETED -> add(new News(Kind.DELETED, List.of(pod)));
                case ERROR -> add(new News(Kind.LOST, List.of()));
                case BOOKMARK -> {}
            }
        }

        // The client reconnects by itself where it can; what reaches us is final, an expired version for instance.
        @Override
        public void onClose(WatcherException cause) {
            add(new News(Kind.LOST, List.of()));
        }

        private void add(News news) {
            if (filler.filter(this::equals).isPresent()) {
                queue.add(news);
            }
        }
    }
}
