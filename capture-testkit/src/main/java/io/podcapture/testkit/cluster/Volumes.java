package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The volumes of pods, as directories of this machine. Processes have this machine's file system: where a word of a command
 * is a path within a volume, the command gets the path that it has here.
 */
final class Volumes {
    private final Map<String, Map<String, Path>> mounts = new ConcurrentHashMap<>();

    /** Makes the volumes of a pod that are directories of its own. */
    void make(Map<String, Object> pod, Path place) throws IOException {
        for (Map<String, Object> volume : Fields.items(pod, "spec", "volumes")) {
            if (volume.containsKey("emptyDir")) {
                Files.createDirectories(directory(place, Json.text(volume, "name")));
            }
        }
        for (String kind : List.of("containers", "initContainers")) {
            for (Map<String, Object> container : Fields.items(pod, "spec", kind)) {
                mount(container, Json.text(pod, "metadata", "uid"), place);
            }
        }
    }

    private void mount(Map<String, Object> container, String uid, Path place) {
        // The longest first: a volume may be within another one.
        Map<String, Path> paths =
                new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (Map<String, Object> mount : Fields.items(container, "volumeMounts")) {
            Path directory = directory(place, Json.text(mount, "name"));
            if (Files.isDirectory(directory)) {
                paths.put(Json.text(mount, "mountPath"), directory);
            }
        }
        mounts.put(key(uid, Json.text(container, "name")), paths);
    }

    private static Path directory(Path place, String volume) {
        return place.resolve("volumes").resolve(volume);
    }

    private static String key(String uid, String container) {
        return uid + "/" + container;
    }

    /** Returns a command of a container as it has to be here. */
    List<String> here(String uid, String container, List<String> argv) {
        Map<String, Path> paths = mounts.getOrDefault(key(uid, container), Map.of());
        List<String> here = new ArrayList<>(argv);
        here.replaceAll(word -> here(word, paths));
        return here;
    }

    private static String here(String word, Map<String, Path> paths) {
        for (Map.Entry<String, Path> mount : paths.entrySet()) {
            if (word.equals(mount.getKey()) || word.startsWith(mount.getKey() + "/")) {
                return mount.getValue() + word.substring(mount.getKey().length());
            }
        }
        return word;
    }

    void forget(String uid) {
        mounts.keySet().removeIf(key -> key.startsWith(uid + "/"));
    }
}
