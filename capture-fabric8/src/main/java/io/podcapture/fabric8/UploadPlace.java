package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a program can be written and run.
 *
 * @param architecture of the machine, in the words of Kubernetes
 * @param user the number of the container's user; empty if it cannot tell
 * @param directory its full path
 */
record UploadPlace(PodName pod, String container, String architecture, String user, String directory) {
    private static final Map<String, String> WHY =
            Map.of("missing", "missing", "unwritable", "not writable", "noexec", "programs may not run there");

    /**
     * Reads what the probe script printed.
     *
     * @throws CaptureException if it found no directory
     */
    static UploadPlace read(PodName pod, String container, String printed) {
        String architecture = "unknown";
        String user = "";
        Optional<String> directory = Optional.empty();
        List<String> refused = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("arch") && words.length == 2) {
                architecture = words[1];
            } else if (words[0].equals("user") && words.length == 2) {
                user = words[1];
            } else if (words[0].equals("in")) {
                directory = Optional.of(line.substring(3));
            } else if (words[0].equals("not") && words.length == 3) {
                refused.add(words[2] + " (" + WHY.getOrDefault(words[1], words[1]) + ")");
            }
        }
        if (directory.isEmpty()) {
            throw new CaptureException(
                    FailureReason.TOOL_MISSING,
                    "container " + container + " of pod " + pod
                            + " has no directory where a program can be written and run; tried "
                            + String.join(", ", refused) + "; give it an emptyDir, or use the method ephemeral");
        }
        return new UploadPlace(pod, container, architecture, user, directory.get());
    }

    /** Returns the path of a file in the directory. */
    String file(String name) {
        return (directory.endsWith("/") ? directory : directory + "/") + name;
    }

    @Override
    public String toString() {
        return "container " + container + " of pod " + pod;
    }
}
