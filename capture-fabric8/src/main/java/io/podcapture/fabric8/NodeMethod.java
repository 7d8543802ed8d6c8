package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.PlanDepth;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteTcpdump;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Enters the network namespaces of pods from a privileged pod on their node, one for all of them. */
final class NodeMethod implements CaptureMethod {
    private static final long LEAST_BUFFER = 4L << 20;

    private final Cluster cluster;
    private final HelperSettings settings;
    private final OwnTraffic ownTraffic;

    NodeMethod(Cluster cluster, HelperSettings settings, OwnTraffic ownTraffic) {
        this.cluster = cluster;
        this.settings = settings;
        this.ownTraffic = ownTraffic;
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        Preflight asks = new Preflight(cluster, request, context);
        if (!asks.isPod()) {
            return asks.told().build();
        }
        PodView pod = asks.pod();
        String node = pod.node().orElse("");
        String namespace = settings.namespace().orElse(pod.name().namespace());
        asks.finds().needs(pod.name().namespace(), "pods", "get");
        if (asks.isLinuxPod() && asks.isMachine(node)) {
            new HelperPreflight(cluster, settings, asks, context)
                    .asks(
                            namespace,
                            "privileged",
                            "a privileged pod on node " + node,
                            "node",
                            spec -> HelperPod.tryToCreate(cluster, spec.onNodeWithProcesses(node)));
        }
        return asks.told().build();
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        cluster.warnOfWeakClient(context);
        PodView pod = cluster.look(request.point());
        String node = pod.node()
                .orElseThrow(() -> new CaptureException(
                        FailureReason.TARGET_NOT_FOUND, "pod " + pod.name() + " is not on any node yet"));
        String key = "node/" + cluster.place() + "/" + node + "/" + settings;
        ProcessSearch search = context.shared(key + "/processes", ProcessSearch.class, scope -> new ProcessSearch());
        search.want(pod.containerIds());
        String namespace = settings.namespace().orElse(pod.name().namespace());
        NodePod helper = context.shared(key, NodePod.class, scope -> {
            NodePod made = NodePod.create(cluster, settings, namespace, node, context, scope);
            // One look for all that start together, before any of them goes on.
            try {
                made.look(search, context);
            } catch (IOException | CaptureException e) {
                // Each looks again for itself; the helper is none the worse.
                context.diagnostic("the first look at node " + node + " failed: " + e.getMessage());
            }
            return made;
        });
        int process = helper.processOf(pod, search, context);
        context.attribute("helper", helper.name().toString());
        List<String> enter = NodeScripts.enter(process, pod.containerIds());
        OwnTraffic.Shell inside = (argv, limit) -> helper.exec(both(enter, argv), limit);
        return RemoteTcpdump.of(request.withKernelBuffer(buffer(request, node, context)))
                .enter(enter)
                .excluding(ownTraffic.of(request, inside, context))
                .start(argv -> helper.exec(argv, context.remaining()), sink, context);
    }

    private static List<String> both(List<String> enter, List<String> argv) {
        return Stream.concat(enter.stream(), argv.stream()).toList();
    }

    // The buffers of all captures lie in the memory of the one node.
    private long buffer(CaptureRequest request, String node, MethodContext context) {
        int sharers = context.captures(point -> node.equals(point.attributes().get(PodView.NODE)));
        long share = settings.nodeKernelBuffer() / Math.max(1, sharers) / 1024 * 1024;
        return Math.min(request.kernelBuffer(), Math.max(LEAST_BUFFER, share));
    }
}
