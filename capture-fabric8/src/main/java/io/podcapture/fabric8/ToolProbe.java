package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.List;

/** Asks the containers of a pod for their tcpdump, and for what it may do. */
final class ToolProbe {
    /** A container and what it told. */
    record Tool(String container, ContainerProbe told) {
        @Override
        public String toString() {
            return "container " + container + " has " + told.tool().orElse("no tcpdump");
        }
    }

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
            Tool tool = new Tool(container, ask(pod.name(), container));
            if (tool.told().tool().isPresent()) {
                return tool;
            }
        }
        throw new CaptureException(
                FailureReason.TOOL_MISSING,
                "no container has a shell and tcpdump; asked were " + String.join(", ", containers));
    }

    // By a shell, since the start needs one too: without it there is nothing to tell.
    private ContainerProbe ask(PodName pod, String container) throws IOException, InterruptedException {
        List<String> command = ContainerProbe.command(UploadName.of(context.sessionId()), List.of());
        try {
            ExecStream stream = new ExecConnector(cluster).start(pod, container, command, context.remaining());
            return ContainerProbe.read(CommandOutput.of(stream, context.executor(), context.remaining())
                    .stdout());
        } catch (CaptureException e) {
            if (e.reason() == FailureReason.TOOL_MISSING || e.reason() == FailureReason.PROCESS_FAILED) {
                return ContainerProbe.read("");
            }
            throw e;
        }
    }
}
