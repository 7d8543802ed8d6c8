package io.podcapture.fabric8;

import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What a command complains of while only its other output is of interest: what is unread of one would stop the other. */
final class UnreadOutput {
    private UnreadOutput() {}

    /** Reads and drops it, on a thread of its own, until the command ends or is closed. */
    static void drop(RemoteProcess process, MethodContext context) {
        context.executor().execute(() -> {
            try (InputStream stderr = process.stderr()) {
                stderr.transferTo(OutputStream.nullOutputStream());
            } catch (IOException broken) {
                context.diagnostic("the connection to a command broke: " + broken.getMessage());
            }
        });
    }
}
