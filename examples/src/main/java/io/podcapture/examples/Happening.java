package io.podcapture.examples;

import io.podcapture.CaptureSession;

/** What happens while a session captures. */
interface Happening {
    /** Returns when it has happened; the session goes on until a limit unless this stops it. */
    void happen(CaptureSession session);
}
