package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The privileged pod of a session on one node, shared by all captures there. */
final class NodePod {
    private final HelperPod pod;
    private final String node;

    private NodePod(HelperPod pod, String node) {
        this.pod = pod;
        this.node = node;
    }

    /** Creates the pod and waits until it runs. */
    static NodePod create(
            Cluster cluster,
            HelperSettings settings,
            String namespace,
            String node,
            MethodContext context,
            CleanupScope scope)
            throws InterruptedException {
        PodName name = new PodName(namespace, HelperName.of("node", context.sessionId()));
        HelperPodSpec spec = new HelperPodSpec(settings, name, context.sessionId(), context.remaining());
        return new NodePod(HelperPod.create(cluster, spec.onNodeWithProcesses(node), context, scope), node);
    }

    PodName name() {
        return pod.name();
    }

    /** Looks for the processes of all containers that are wanted. */
    void look(ProcessSearch search, MethodContext context) throws IOException, InterruptedException {
        search.look(ids -> look(ids, context));
    }

    /**
     * Returns the number of a process that runs in one of the containers of a pod.
     *
     * @throws CaptureException if the node has none
     */
    int processOf(PodView target, ProcessSearch search, MethodContext context)
            throws IOException, InterruptedException {
        return search.find(target.containerIds(), ids -> look(ids, context))
                .orElseThrow(() -> new CaptureException(
                        FailureReason.PROCESS_FAILED,
                        "no living process of pod " + target.name() + " was found on node " + node
                                + "; its containers may have ended, or the node runs them in virtual machines"));
    }

    RemoteProcess exec(List<String> argv, Duration limit) throws IOException, InterruptedException {
        return pod.exec(argv, limit);
    }

    private String look(List<String> ids, MethodContext context) throws IOException, InterruptedException {
        CommandOutput output = CommandOutput.of(
                exec(NodeScripts.processes(context.sessionId(), ids), context.remaining()),
                context.executor(),
                context.remaining());
        if (output.status() != 0) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    "the processes of node " + node + " could not be looked at: "
                            + output.stderr().strip());
        }
        return output.stdout();
    }
}
