package io.podcapture.fabric8;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads {@code /proc/PID/cgroup}, which differs with the container runtime, its driver and the version of cgroups.
 *
 * <p>Somewhere in a process's path is an element for its container: its bare id (cgroupfs driver), or the id with the
 * runtime's name before it and {@code .scope} behind it (systemd driver). What a container runs in groups of its own lies
 * below that element. The monitor that CRI-O starts for a container has an element of its own with the container's id in it,
 * but it is no part of the container.
 */
final class CgroupText {
    private CgroupText() {}

    /**
     * Tells how far below its container's group a process is: 0 for most, more where the container has groups of its own. A
     * container within the container may be nested in some hierarchies only, so the farthest counts.
     *
     * @param lines the text; one line per hierarchy for version 1, one for version 2
     * @param containerId without the name of the runtime
     * @return empty if the process does not belong to the container
     */
    static OptionalInt depthBelow(String containerId, List<String> lines) {
        Pattern element = Pattern.compile("(?:.*[-:])?" + Pattern.quote(containerId) + "(?:\\.scope)?");
        return lines.stream()
                .flatMapToInt(line -> depth(line, element).stream())
                .max();
    }

    private static OptionalInt depth(String line, Pattern element) {
        // NUMBER:CONTROLLERS:PATH, and the path may have colons.
        String[] fields = line.split(":", 3);
        if (fields.length < 3) {
            return OptionalInt.empty();
        }
        String[] path = fields[2].split("/");
        for (int i = path.length - 1; i >= 0; i--) {
            if (element.matcher(path[i]).matches() && !path[i].contains("conmon")) {
                return OptionalInt.of(path.length - 1 - i);
            }
        }
        return OptionalInt.empty();
    }
}
