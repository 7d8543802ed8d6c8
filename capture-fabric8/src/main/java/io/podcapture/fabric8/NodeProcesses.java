package io.podcapture.fabric8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Understands what the script prints that looks for the processes of containers; see processes.sh. */
final class NodeProcesses {
    // A zombie has the group of its container still, but its namespaces no more.
    private static final Set<String> DEAD = Set.of("Z", "X", "gone");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private record Process(int pid, String state, int namespaces, int innerPid, List<String> groups) {}

    private NodeProcesses() {}

    private record Candidate(Process process, int depth) {}

    /**
     * Returns for each container a living process that is as near to the container's own group as any. Among those one that
     * is in no sandbox of the container's own making, which has a namespace more; and of these the one with the lowest number
     * in its namespace, which as a rule is the container's first.
     */
    static Map<String, Integer> parse(String printed, Set<String> containerIds) {
        List<Process> processes = processes(printed);
        Map<String, Integer> found = new HashMap<>();
        for (String id : containerIds) {
            processes.stream()
                    .filter(process -> !DEAD.contains(process.state()))
                    .flatMap(process -> candidate(process, id).stream())
                    .min(Comparator.comparingInt(Candidate::depth)
                            .thenComparingInt(nearest -> nearest.process().namespaces())
                            .thenComparingInt(nearest -> nearest.process().innerPid()))
                    .ifPresent(nearest -> found.put(id, nearest.process().pid()));
        }
        return found;
    }

    private static Optional<Candidate> candidate(Process process, String id) {
        OptionalInt depth = CgroupText.depthBelow(id, process.groups());
        return depth.isPresent() ? Optional.of(new Candidate(process, depth.getAsInt())) : Optional.empty();
    }

    private static List<Process> processes(String printed) {
        List<Process> processes = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            String[] words = line.split(" ");
            if (words.length == 5
                    && words[0].equals("process")
                    && NUMBER.matcher(words[1]).matches()
                    && NUMBER.matcher(words[3]).matches()
                    && NUMBER.matcher(words[4]).matches()) {
                processes.add(new Process(
                        Integer.parseInt(words[1]),
                        words[2],
                        Integer.parseInt(words[3]),
                        Integer.parseInt(words[4]),
                        new ArrayList<>()));
            } else if (!processes.isEmpty()) {
                processes.get(processes.size() - 1).groups().add(line);
            }
        }
        return processes;
    }
}
