package io.podcapture.spi;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A place where commands can be started.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RemoteShell {
    /**
     * Starts a command; returns when it is started, or when the other end has said that it cannot be.
     *
     * @param argv the command and its arguments, each passed on as it is
     * @throws io.podcapture.CaptureException with a reason, if the place refuses
     */
    RemoteProcess start(List<String> argv) throws IOException, InterruptedException;

    /** Returns the arguments as one line that a POSIX shell reads as just these arguments, for ways that take only a line. */
    static String quote(List<String> argv) {
        return argv.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }
}
