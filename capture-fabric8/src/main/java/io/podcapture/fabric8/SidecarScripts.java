package io.podcapture.fabric8;

import io.podcapture.spi.ShellText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The constant scripts of a sidecar; see sidecar-main.sh, spool-tar.sh, spool-file.sh and spool-forget.sh. */
final class SidecarScripts {
    /** The status of a script that does not find its file. */
    static final int NO_FILE = 66;

    /** The status of a script that does not find tar. */
    static final int NO_TAR = 67;

    private static final String MAIN = ShellText.load(SidecarScripts.class, "sidecar-main.sh");
    private static final String TAR = ShellText.load(SidecarScripts.class, "spool-tar.sh");
    private static final String FILE = ShellText.load(SidecarScripts.class, "spool-file.sh");

    private static final String FORGET = ShellText.load(SidecarScripts.class, "spool-forget.sh");

    private SidecarScripts() {}

    /** Returns the container's main process. */
    static List<String> main() {
        return List.of("sh", "-c", MAIN, "podcapture-sidecar");
    }

    /** Returns the command that sends all files of a capture. */
    static List<String> tar(String directory) {
        return List.of("sh", "-c", TAR, "podcapture-spool", directory);
    }

    /**
     * Returns the command that sends one file of a capture.
     *
     * @param before how many files come before it
     */
    static List<String> file(String directory, int before) {
        return List.of("sh", "-c", FILE, "podcapture-spool", directory, Integer.toString(before));
    }

    /**
     * Returns the command that removes the files of sessions that are dead.
     *
     * @param directory the one of all captures
     */
    static List<String> forget(String directory, Collection<String> sessionIds) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", FORGET, "podcapture-forget", directory));
        argv.addAll(sessionIds);
        return argv;
    }

    /** Returns the command that removes the files of a capture. */
    static List<String> remove(String directory) {
        return List.of("rm", "-rf", "--", directory);
    }
}
