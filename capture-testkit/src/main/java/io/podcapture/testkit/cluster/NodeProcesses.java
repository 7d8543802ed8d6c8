package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processes of a node's containers, as pods see them that share the node's: a directory in place of {@code /proc} with one
 * process for each container that runs. Where a word of a command names {@code /proc/}, the command gets that directory; its
 * network namespaces are files that the stand-in for nsenter reads. Guarded by itself.
 */
final class NodeProcesses {
    private static final String PROC = "/proc/";
    /** No kernel gives a number so high to a process of its own. */
    private static final int FIRST = 5_000_000;

    private final Path root;
    private final Set<String> seeing = ConcurrentHashMap.newKeySet();
    private final Map<String, Path> shown = new HashMap<>();
    private int given;

    /**
     * Makes it.
     *
     * @param root of the directories, one for each node
     */
    NodeProcesses(Path root) {
        this.root = root;
    }

    /** Lets a pod see them if it asks for that. */
    void admit(Map<String, Object> pod) {
        if (Json.text(pod, "spec", "hostPID").equals("true")) {
            seeing.add(Json.text(pod, "metadata", "uid"));
        }
    }

    void forget(String podUid) {
        seeing.remove(podUid);
    }

    /**
     * Returns a command of a pod as it has to be here.
     *
     * @param all the pods that run, on whatever node
     * @param places the directory of a pod, by its UID
     */
    synchronized List<String> here(SimulatedPod pod, List<String> argv, Collection<SimulatedPod> all, Places places)
            throws IOException {
        if (!seeing.contains(pod.uid())) {
            return argv;
        }
        Path proc = Files.createDirectories(root.resolve(pod.node().name()));
        for (String link : List.of("self", "net")) {
            if (!Files.exists(proc.resolve(link))) {
                Files.createSymbolicLink(proc.resolve(link), Path.of(PROC, link));
            }
        }
        Map<String, Path> gone = new HashMap<>(shown);
        for (SimulatedPod each : all) {
            for (String container : each.running()) {
                String id = ContainerId.of(each.uid(), container);
                gone.remove(id);
                if (each.node() == pod.node() && !shown.containsKey(id)) {
                    shown.put(id, show(proc, each.uid(), id, places.of(each.uid())));
                }
            }
        }
        for (Map.Entry<String, Path> ended : gone.entrySet()) {
            // Without a group a process belongs to no container.
            Files.deleteIfExists(ended.getValue().resolve("cgroup"));
            shown.remove(ended.getKey());
        }
        List<String> here = new ArrayList<>(argv);
        here.replaceAll(word -> word.replace(PROC, proc + "/"));
        return here;
    }

    /** Where the processes of pods run. */
    interface Places {
        Path of(String podUid);
    }

    private Path show(Path proc, String podUid, String id, Path place) throws IOException {
        int number = FIRST + given++;
        Path process = proc.resolve(Integer.toString(number));
        Files.createDirectories(process.resolve("ns"));
        Files.writeString(process.resolve("ns/net"), place + "\n");
        Files.writeString(process.resolve("status"), "State:\tS (sleeping)\nNSpid:\t" + number + "\t1\n");
        Files.writeString(process.resolve("cgroup"), "0::/kubepods/pod" + podUid + "/" + id + "\n");
        return process;
    }
}
