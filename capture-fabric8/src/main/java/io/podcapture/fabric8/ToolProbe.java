package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks the containers of a pod for their tcpdump, by nothing but its own version. */
final class ToolProbe {
    private static final List<String> VERSION = List.of("tcpdump", "--version");

    /**
     * A container and what it has.
     *
     * @param version in the tool's own words
     */
    record Tool(String container, String version) {}

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
        List<String> containers = request.target().container().map(List::of).orElseGet(pod::runningContainers);
        for (String container : containers) {
            List<String> lines = lines(pod.name(), container);
            if (!lines.isEmpty()) {
                return new Tool(container, lines.get(0));
            }
        }
        throw new CaptureException(
                FailureReason.TOOL_MISSING, "no container has tcpdump; asked were " + String.join(", ", containers));
    }

    // A version that cannot be told is that of a container without the tool.
    private List<String> lines(PodName pod, String container) throws IOException, InterruptedException {
        try {
            ExecStream stream = new ExecConnector(cluster).start(pod, container, VERSION, context.remaining());
            CommandOutput output = CommandOutput.of(stream, context.executor(), context.remaining());
            // Some versions say it on one output, some on the other.
            List<String> lines = new ArrayList<>((output.stdout() + "\n" + output.stderr())
                    .lines()
                    .filter(line -> line.startsWith("tcpdump version"))
                    .toList());
            return output.status() == 0 ? lines : List.of();
        } catch (CaptureException e) {
            if (e.reason() == FailureReason.TOOL_MISSING || e.reason() == FailureReason.PROCESS_FAILED) {
                return List.of();
            }
            throw e;
        }
    }
}
