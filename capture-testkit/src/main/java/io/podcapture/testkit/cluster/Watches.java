package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The watches under way, and from which version on there can be one. Guarded by itself. */
final class Watches {
    private final ObjectStore store;
    private final Set<WatchStream.Out> underWay = new HashSet<>();
    private long oldest;

    Watches(ObjectStore store) {
        this.store = store;
    }

    /**
     * Takes a watch in, or ends it, as too old.
     *
     * @param after the version that it follows; zero for none in particular, which is never too old
     */
    synchronized boolean begin(WatchStream.Out out, long after) throws IOException {
        if (after != 0 && after < oldest) {
            out.send(expired("too old resource version: " + after + " (" + oldest + ")"));
            out.end();
            return false;
        }
        underWay.add(out);
        return true;
    }

    synchronized void end(WatchStream.Out out) {
        underWay.remove(out);
    }

    /** Ends all; whoever follows a list of before now is too late. */
    synchronized void expire() {
        oldest = store.list("", "", any -> false).version();
        for (WatchStream.Out out : underWay) {
            try {
                out.send(expired("The resourceVersion for the provided watch is too old."));
                out.end();
            } catch (IOException gone) {
                // Its reader sees it too.
            }
        }
        underWay.clear();
    }

    private static Map<String, Object> expired(String words) {
        return Map.of("type", "ERROR", "object", new ApiStatus.Refusal(410, words).status());
    }
}
