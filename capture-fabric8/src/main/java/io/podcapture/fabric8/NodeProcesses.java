package io.podcapture.fabric8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Understands what the script prints that looks for the processes of containers; see processes.sh. */
final class NodeProcesses {
    // A zombie has the group of its container still, but its namespaces no more.
    private static final Set<String> DEAD = Set.of("Z", "X", "gone");

    private record Process(int pid, String state, List<String> groups) {}

    private NodeProcesses() {}

    /** Returns for each container a living process that is as near to the container's own group as any. */
    static Map<String, Integer> parse(String printed, Set<String> containerIds) {
        List<Process> processes = processes(printed);
        Map<String, Integer> found = new HashMap<>();
        for (String id : containerIds) {
            int least = Integer.MAX_VALUE;
            for (Process process : processes) {
                OptionalInt depth = CgroupText.depthBelow(id, process.groups());
                if (depth.isPresent() && depth.getAsInt() < least && !DEAD.contains(process.state())) {
                    least = depth.getAsInt();
                    found.put(id, process.pid());
                }
            }
        }
        return found;
    }

    private static List<Process> processes(String printed) {
        List<Process> processes = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            String[] words = line.split(" ");
            if (words.length == 3 && words[0].equals("process") && words[1].matches("\\d{1,9}")) {
                processes.add(new Process(Integer.parseInt(words[1]), words[2], new ArrayList<>()));
            } else if (!processes.isEmpty()) {
                processes.get(processes.size() - 1).groups().add(line);
            }
        }
        return processes;
    }
}
