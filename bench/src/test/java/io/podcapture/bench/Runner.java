package io.podcapture.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of those that are compared. */
interface Runner {
    /** Does the work once. */
    void run() throws IOException, InterruptedException;

    /** A process of its own, from its start to its end; what it says is shown only if it fails. */
    static Runner process(Path log, Object... words) {
        String[] command = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            command[i] = words[i].toString();
        }
        return () -> {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            int status = builder.redirectOutput(log.toFile()).start().waitFor();
            if (status != 0) {
                throw new IOException(command[0] + " ended with status " + status + ": " + Files.readString(log));
            }
        };
    }
}
