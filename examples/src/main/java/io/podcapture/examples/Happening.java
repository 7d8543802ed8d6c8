package io.podcapture.examples;

import io.podcapture.CaptureSession;

/** What happens while a session captures. */
interface Happening extends AutoCloseable {
    /** Returns when it has happened; the session goes on until a limit unless this stops it. */
    void happen(CaptureSession session);

    /** Takes away what it was made of, when the session is over, however it ended. */
    @Override
    default void close() {}
}
