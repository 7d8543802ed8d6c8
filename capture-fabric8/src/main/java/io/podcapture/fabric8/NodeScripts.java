package io.podcapture.fabric8;

import io.podcapture.spi.ShellText;
import java.util.ArrayList;
import java.util.List;

/** The constant scripts of helpers on nodes. */
final class NodeScripts {
    private static final String PROCESSES = ShellText.load(NodeScripts.class, "processes.sh");

    private static final String ENTER = ShellText.load(NodeScripts.class, "enter.sh");

    private static final String SOCKETS = ShellText.load(NodeScripts.class, "sockets.sh");

    private NodeScripts() {}

    /** Returns the command that prints the TCP sockets, and lives on until it gets a line if it is held. */
    static List<String> sockets(String sessionId, boolean held) {
        return List.of("sh", "-c", SOCKETS, look(sessionId), held ? "hold" : "go");
    }

    /** Returns what is put before a command to run it in the network namespace of a process of these containers. */
    static List<String> enter(int process, List<String> containerIds) {
        return List.of(
                "sh", "-c", ENTER, "podcapture-enter", Integer.toString(process), String.join("\n", containerIds));
    }

    /** Returns the command that looks for the processes of containers. */
    static List<String> processes(String sessionId, List<String> containerIds) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", PROCESSES, look(sessionId)));
        argv.addAll(containerIds);
        return argv;
    }

    // A sign of life for the main process of a helper; see ephemeral-main.sh.
    private static String look(String sessionId) {
        return "podcapture-look-" + sessionId;
    }
}
