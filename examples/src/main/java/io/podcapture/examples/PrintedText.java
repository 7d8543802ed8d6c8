package io.podcapture.examples;

import io.podcapture.CaptureSession;
import io.podcapture.TextLine;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;

/** Packets on standard output while they are captured; when nobody reads them any more, as after {@code | head}, it stops. */
final class PrintedText implements Happening {
    private final PrintWriter out;
    private final ProgressLine progress;
    private final CompletableFuture<Void> unread = new CompletableFuture<>();

    PrintedText(PrintWriter out, ProgressLine progress) {
        this.out = out;
        this.progress = progress;
    }

    void print(TextLine line) {
        progress.above(out, line);
        // A writer does not know of the broken pipe where the stream beneath it is one that swallows faults itself.
        if (out.checkError() || System.out.checkError()) {
            unread.complete(null);
        }
    }

    @Override
    public void happen(CaptureSession session) {
        // On another thread: the session waits for the one that prints.
        unread.thenRunAsync(session::close);
    }
}
