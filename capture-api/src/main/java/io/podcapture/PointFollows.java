package io.podcapture;

import io.podcapture.spi.PointListener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows the targets of a session: which points there are at first, and which come and go later. */
final class PointFollows {
    private final SessionRun session;
    // Points that went away; some before there were captures that could be told.
    private final Map<CapturePoint, String> departed = new ConcurrentHashMap<>();
    private final List<AutoCloseable> handles = new ArrayList<>();

    PointFollows(SessionRun session) {
        this.session = session;
    }

    /** Begins to follow a target; returns the points that are there now. */
    Set<CapturePoint> begin(TargetSpec target) throws Exception {
        Set<CapturePoint> present = new LinkedHashSet<>();
        Follower follower = new Follower(present);
        AutoCloseable handle = target.choice().resolver().follow(target.target(), follower);
        synchronized (handles) {
            handles.add(handle);
        }
        return follower.begin();
    }

    /** Collects the points that are there at first, and tells of those that come and go afterwards. */
    private final class Follower implements PointListener {
        private final Set<CapturePoint> present;
        private boolean begun;

        Follower(Set<CapturePoint> present) {
            this.present = present;
        }

        synchronized Set<CapturePoint> begin() {
            begun = true;
            return Set.copyOf(present).isEmpty() ? Set.of() : new LinkedHashSet<>(present);
        }

        @Override
        public synchronized void joined(CapturePoint point) {
            if (!begun) {
                present.add(point);
            } else if (!present.contains(point)) {
                session.announcer().announce(listener -> listener.joined(point));
            }
        }

        @Override
        public synchronized void gone(CapturePoint point, String reason) {
            if (!begun) {
                present.remove(point);
                return;
            }
            session.announcer().announce(listener -> listener.gone(point, reason));
            departed.put(point, reason);
            tell(point, reason);
        }
    }

    /** Tells captures that were not there yet when their point went away. */
    void tellDeparted() {
        departed.forEach(this::tell);
    }

    private void tell(CapturePoint point, String reason) {
        session.captures().stream()
                .filter(capture -> capture.request().point().equals(point))
                .forEach(capture -> capture.pointGone(reason));
    }

    void close() {
        List<AutoCloseable> open;
        synchronized (handles) {
            open = List.copyOf(handles);
            handles.clear();
        }
        for (AutoCloseable follow : open) {
            try {
                follow.close();
            } catch (Exception e) {
                session.warn("a watch could not be closed: " + e.getMessage());
            }
        }
    }
}
