package io.podcapture.fabric8;

import io.podcapture.spi.ShellText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container tells of itself when it is asked by the one constant script that is for that; see probe.sh.
 *
 * @param architecture of the machine, in the words of Kubernetes
 * @param user the number of its user; empty if it cannot tell
 * @param rawSockets whether that user may open them in a program that brings no rights of its own; empty if it cannot tell
 * @param tool the version of its tcpdump, in the tool's own words; empty if there is none
 * @param directory where a program can be written and run
 * @param unfit the directories where that is not so, with the reason
 */
record ContainerProbe(
        String architecture,
        String user,
        Optional<Boolean> rawSockets,
        Optional<String> tool,
        Optional<String> directory,
        List<String> unfit) {
    private static final String SCRIPT = ShellText.load(ContainerProbe.class, "probe.sh");
    private static final int CAP_NET_RAW = 13;
    private static final Map<String, String> WHY =
            Map.of("missing", "missing", "unwritable", "not writable", "noexec", "programs may not run there");

    /**
     * Returns the command that asks.
     *
     * @param name of a file that nobody has
     * @param directories to look at, in order
     */
    static List<String> command(String name, List<String> directories) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", SCRIPT, "podcapture-probe", name));
        argv.addAll(directories);
        return argv;
    }

    /** Reads what it printed. */
    static ContainerProbe read(String printed) {
        String architecture = "unknown";
        String user = "";
        Optional<Boolean> rawSockets = Optional.empty();
        Optional<String> tool = Optional.empty();
        Optional<String> directory = Optional.empty();
        List<String> unfit = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            String[] words = line.split(" ", 2);
            String rest = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "arch" -> architecture = rest;
                case "user" -> user = rest;
                case "caps" -> rawSockets = hasNetRaw(rest);
                case "tool" -> tool = Optional.of(rest);
                case "in" -> directory = Optional.of(rest);
                case "not" -> {
                    String[] why = rest.split(" ", 2);
                    unfit.add(why[why.length - 1] + " (" + WHY.getOrDefault(why[0], why[0]) + ")");
                }
                default -> {
                    // Something else than the script has printed it.
                }
            }
        }
        return new ContainerProbe(architecture, user, rawSockets, tool, directory, unfit);
    }

    private static Optional<Boolean> hasNetRaw(String hex) {
        try {
            return Optional.of((Long.parseUnsignedLong(hex, 16) >> CAP_NET_RAW & 1) == 1);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
