package io.podcapture.local;

import io.podcapture.CaptureSession;
import io.podcapture.Target;

/** What a scenario captures: a target, and which of its interfaces. */
record Place(Target target, String interfaceName) {
    static Place whole(Target target) {
        return new Place(target, "any");
    }

    void addTo(CaptureSession.Builder session) {
        session.target(target, on -> on.interfaces(interfaceName));
    }
}
