package io.podcapture.testkit.cluster;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The watches under way, and from which version on there can be one. Guarded by itself. */
final class Watches {
    private final ObjectStore store;
    private final ClusterThreads threads;
    private final Set<WatchQueue> underWay = new HashSet<>();
    private long oldest;

    /**
     * Makes it.
     *
     * @param threads that send what clients are told
     */
    Watches(ObjectStore store, ClusterThreads threads) {
        this.store = store;
        this.threads = threads;
    }

    /** Returns a way to a client on which nobody waits for it. */
    WatchQueue queue(WatchStream.Out client, Runnable leave) {
        WatchQueue queue = new WatchQueue(client, leave);
        threads.start("watch", queue::run);
        return queue;
    }

    /**
     * Takes a watch in, or ends it, as too old.
     *
     * @param after the version that it follows; zero for none in particular, which is never too old
     */
    synchronized boolean begin(WatchQueue out, long after) {
        if (after != 0 && after < oldest) {
            out.send(expired("too old resource version: " + after + " (" + oldest + ")"));
            out.end();
            return false;
        }
        underWay.add(out);
        return true;
    }

    synchronized void end(WatchQueue out) {
        underWay.remove(out);
    }

    /** Ends all; whoever follows a list of before now is too late. */
    synchronized void expire() {
        oldest = store.list("", "", any -> false).version();
        for (WatchQueue out : underWay) {
            out.send(expired("The resourceVersion for the provided watch is too old."));
            out.end();
        }
        underWay.clear();
    }

    private static Map<String, Object> expired(String words) {
        return Map.of("type", "ERROR", "object", new ApiStatus.Refusal(410, words).status());
    }
}
