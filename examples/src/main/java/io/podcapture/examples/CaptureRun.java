package io.podcapture.examples;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Runs a session in a terminal: progress, Ctrl-C, the result in words and as an exit status. */
final class CaptureRun {
    private static final int COMPLETE = 0;
    private static final int NOT_WHOLE = 3;
    private static final long LAST_WORDS_SECONDS = 120;

    private final PrintWriter out;
    private final PrintWriter err;
    private final CaptureSession session;
    private final ProgressLine progress;
    private final OutputFile output;
    private final ResultWords words;
    private final Happening during;
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean partsKept;
    private volatile int status = FailureReport.FAILED;

    CaptureRun(
            CommandLine command,
            CaptureSession.Builder builder,
            ProgressLine progress,
            OutputFile output,
            ResultWords words,
            Happening during) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.session = builder.listener(progress).build();
        this.progress = progress;
        this.output = output;
        this.words = words;
        this.during = during;
    }

    int call() throws IOException {
        Thread onInterrupt = new Thread(this::stopPolitely, "stop");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try (during;
                session) {
            session.start();
            during.happen(session);
            CaptureResult result = session.ended().join();
            progress.clear();
            partsKept = !result.parts().isEmpty();
            words.tell(result);
            out.flush();
            err.flush();
            status = statusOf(result);
            return status;
        } finally {
            if (!partsKept) {
                output.clear();
            }
            over.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            } catch (IllegalStateException shuttingDown) {
                // Ctrl-C: the hook waits for this thread and ends the program with its status.
            }
        }
    }

    // Ctrl-C ends the program, and this before it: the file is whole, and the exit status is that of any other end.
    private void stopPolitely() {
        session.close();
        try {
            if (over.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                out.flush();
                err.flush();
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int statusOf(CaptureResult result) {
        if (result.outcome() == Outcome.COMPLETE) {
            return COMPLETE;
        }
        return result.outcome() == Outcome.FAILED ? FailureReport.FAILED : NOT_WHOLE;
    }
}
