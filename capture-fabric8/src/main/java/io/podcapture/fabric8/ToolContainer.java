package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the container of a pod that has tcpdump. */
final class ToolContainer {
    private static final List<String> QUESTION = List.of("sh", "-c", "command -v tcpdump");

    private final Cluster cluster;
    private final MethodContext context;

    ToolContainer(Cluster cluster, MethodContext context) {
        this.cluster = cluster;
        this.context = context;
    }

    /**
     * Returns the container: the one that the target names, or the first running one that has the tool.
     *
     * @throws CaptureException if there is none
     */
    String of(CaptureRequest request) throws IOException, InterruptedException {
        PodView pod = cluster.look(request.point());
        if (request.target().container().isPresent()) {
            String named = request.target().container().get();
            pod.requireRunning(named);
            return named;
        }
        List<String> running = pod.ableToCapture(pod.runningContainers());
        // With a single container, the start of the tool itself is the question.
        return running.size() == 1
                ? running.get(0)
                : context.shared("tool-container/" + pod.uid(), String.class, scope -> firstWithTool(pod, running));
    }

    private String firstWithTool(PodView pod, List<String> running) throws IOException, InterruptedException {
        List<String> tried = new ArrayList<>();
        for (String container : running) {
            try {
                int status = ask(pod.name(), container);
                if (status == 0) {
                    return container;
                }
                tried.add(container + " (no tcpdump)");
            } catch (CaptureException e) {
                if (e.reason() != FailureReason.TOOL_MISSING && e.reason() != FailureReason.PROCESS_FAILED) {
                    throw e;
                }
                tried.add(
                        container + (e.reason() == FailureReason.TOOL_MISSING ? " (no shell)" : " (runs no command)"));
            }
        }
        throw new CaptureException(
                FailureReason.TOOL_MISSING,
                "no running container of pod " + pod.name() + " has tcpdump; tried "
                        + (tried.isEmpty() ? "none, since none runs" : String.join(", ", tried))
                        + "; the method ephemeral brings its own");
    }

    private int ask(PodName pod, String container) throws IOException, InterruptedException {
        try (ExecStream stream = new ExecConnector(cluster).start(pod, container, QUESTION, context.remaining())) {
            return stream.exitStatus()
                    .toCompletableFuture()
                    .get(Math.max(1, context.remaining().toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaptureException refused) {
                throw refused;
            }
            throw new IOException("looking for tcpdump failed: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new CaptureException(
                    FailureReason.START_TIMEOUT,
                    "container " + container + " of pod " + pod + " did not answer in time",
                    e);
        }
    }
}
