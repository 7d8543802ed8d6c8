package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.RemoteProcess;
import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Starts commands of this machine: their arguments as they are, never by a shell, in the environment of this JVM. */
final class LocalCommand {
    private static final Executor READERS = task -> {
        Thread thread = new Thread(task, "podcapture-local-command");
        thread.setDaemon(true);
        thread.start();
    };

    private LocalCommand() {}

    /**
     * Starts a command that lives as long as a capture, apart from this JVM's terminal.
     *
     * @throws CaptureException with {@link FailureReason#TOOL_MISSING} if this machine cannot run it
     */
    static Process start(List<String> argv) {
        List<String> apart = new ArrayList<>();
        // Ctrl-C goes to all processes of a terminal's group, and would end the capture before the session does. setsid
        // becomes the command, with the same number; it is not asked for one that is missing, and told of in its words.
        SearchPath.ofThisJvm()
                .find(argv.get(0))
                .flatMap(there -> SearchPath.ofThisJvm().find("setsid"))
                .ifPresent(setsid -> apart.add(setsid.toString()));
        apart.addAll(argv);
        return begin(apart);
    }

    private static Process begin(List<String> argv) {
        try {
            return new ProcessBuilder(argv).start();
        } catch (IOException e) {
            throw new CaptureException(
                    FailureReason.TOOL_MISSING, "this machine cannot run " + argv.get(0) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs a command that soon ends and returns what it printed; ends it if it does not.
     *
     * @param limit how long to wait
     * @throws CaptureException if it cannot be run, or with {@link FailureReason#START_TIMEOUT} if it did not end in time
     */
    static CommandOutput run(List<String> argv, Duration limit) throws IOException, InterruptedException {
        Process process = begin(argv);
        try {
            return CommandOutput.of(RemoteProcess.of(process), READERS, limit);
        } catch (CaptureException e) {
            throw new CaptureException(e.reason(), "\"" + String.join(" ", argv) + "\": " + e.getMessage(), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
