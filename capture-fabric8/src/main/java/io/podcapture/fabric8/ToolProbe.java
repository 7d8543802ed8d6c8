package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks the containers of a pod for their tcpdump, by nothing but its own version, and for their user. */
final class ToolProbe {
    // By a shell, since the start needs one too. The last word only names the script.
    private static final List<String> QUESTION =
            List.of("sh", "-c", "id -u 2>/dev/null; exec tcpdump --version", "podcapture-probe");

    /**
     * A container and what it has.
     *
     * @param version in the tool's own words
     * @param user its number; empty if the container cannot tell
     */
    record Tool(String container, String version, String user) {}

    private final Cluster cluster;
    private final MethodContext context;

    ToolProbe(Cluster cluster, MethodContext context) {
        this.cluster = cluster;
        this.context = context;
    }

    /**
     * Returns the first container that has any.
     *
     * @throws CaptureException if none has
     */
    Tool of(CaptureRequest request) throws IOException, InterruptedException {
        PodView pod = cluster.seen(request.point());
        List<String> containers =
                request.target().container().map(List::of).orElseGet(() -> pod.ableToCapture(pod.runningContainers()));
        for (String container : containers) {
            Optional<Tool> tool = ask(pod.name(), container);
            if (tool.isPresent()) {
                return tool.get();
            }
        }
        throw new CaptureException(
                FailureReason.TOOL_MISSING,
                "no container has a shell and tcpdump; asked were " + String.join(", ", containers));
    }

    // A version that cannot be told is that of a container without the tool.
    private Optional<Tool> ask(PodName pod, String container) throws IOException, InterruptedException {
        try {
            ExecStream stream = new ExecConnector(cluster).start(pod, container, QUESTION, context.remaining());
            CommandOutput output = CommandOutput.of(stream, context.executor(), context.remaining());
            // Some versions say it on one output, some on the other.
            List<String> lines =
                    (output.stdout() + "\n" + output.stderr()).lines().toList();
            String user = lines.get(0).matches("\\d+") ? lines.get(0) : "";
            return lines.stream()
                    .filter(line -> output.status() == 0 && line.startsWith("tcpdump version"))
                    .findFirst()
                    .map(version -> new Tool(container, version, user));
        } catch (CaptureException e) {
            if (e.reason() == FailureReason.TOOL_MISSING || e.reason() == FailureReason.PROCESS_FAILED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
