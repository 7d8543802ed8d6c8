package io.podcapture.fabric8;

import io.podcapture.spi.ShellText;
import java.util.List;

/** The main process of ephemeral containers and helper pods, and its end; see ephemeral-main.sh and ephemeral-end.sh. */
final class EphemeralScripts {
    private static final String MAIN = ShellText.load(EphemeralScripts.class, "ephemeral-main.sh");
    private static final String END = ShellText.load(EphemeralScripts.class, "ephemeral-end.sh");

    private EphemeralScripts() {}

    /** Returns the container's main process, which ends by itself when its session is gone. */
    static List<String> main(String sessionId) {
        return List.of("sh", "-c", MAIN, "podcapture-main-" + sessionId, sessionId);
    }

    /** Returns the command that ends the main process. */
    static List<String> end(String sessionId) {
        return List.of("sh", "-c", END, "podcapture-end", sessionId);
    }
}
