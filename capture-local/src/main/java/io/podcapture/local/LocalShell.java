package io.podcapture.local;

import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.RemoteProcess;
import io.podcapture.spi.RemoteShell;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the wrapper script on this machine; the end of its standard input ends it, this JVM's death too. */
final class LocalShell implements RemoteShell {
    // The script asks three times, ever harder, two seconds apart.
    private static final long PATIENCE_SECONDS = 10;

    private final CleanupScope scope;

    LocalShell(CleanupScope scope) {
        this.scope = scope;
    }

    @Override
    public RemoteProcess start(List<String> argv) {
        Process process = LocalCommand.start(argv);
        scope.onCleanup("process " + process.pid() + " of this machine", () -> awaitEnd(process));
        return RemoteProcess.of(process);
    }

    private static void awaitEnd(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("it still runs; end it by kill " + process.pid());
        }
    }
}
