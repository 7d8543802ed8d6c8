package io.podcapture.fabric8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pods that were looked at last, so that nobody need ask again just after. Bounded; guarded by itself. */
final class SeenPods {
    private static final int MOST = 2000;

    private final Map<String, PodView> pods = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PodView> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(PodView pod) {
        pods.remove(pod.uid());
        pods.put(pod.uid(), pod);
    }

    synchronized Optional<PodView> find(String uid) {
        return Optional.ofNullable(pods.get(uid));
    }
}
