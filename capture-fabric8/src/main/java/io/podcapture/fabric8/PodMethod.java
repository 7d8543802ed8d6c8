package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.PlanDepth;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteTcpdump;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;

/** Runs tcpdump in a temporary pod: in a node's network, or in a network of its own that the user makes traffic in. */
final class PodMethod implements CaptureMethod {
    /** The kind of target that is a pod of the method's own making, with a network of its own. */
    static final String OWN_NETWORK = "debugpod";

    private final Cluster cluster;
    private final HelperSettings settings;
    private final OwnTraffic ownTraffic;

    PodMethod(Cluster cluster, HelperSettings settings, OwnTraffic ownTraffic) {
        this.cluster = cluster;
        this.settings = settings;
        this.ownTraffic = ownTraffic;
    }

    @Override
    public String name() {
        return "pod";
    }

    @Override
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        Preflight asks = new Preflight(cluster, request, context);
        String kind = request.target().kind();
        HelperPreflight helper = new HelperPreflight(cluster, settings, asks, context);
        if (kind.equals("node")) {
            String node = request.point().attributes().getOrDefault(PodView.NODE, "");
            asks.finds();
            if (asks.isMachine(node)) {
                helper.asks(
                        settings.namespace().orElseGet(cluster::namespace),
                        "privileged",
                        "a pod in the network of node " + node,
                        "pod-node",
                        spec -> HelperPod.tryToCreate(cluster, spec.onNodeNetwork(node)));
            }
        } else if (kind.equals(OWN_NETWORK)) {
            PodName name = PodName.of(request.point());
            helper.asks(
                    name.namespace(),
                    "baseline",
                    "pod " + name,
                    "pod-alone",
                    spec -> firstAllowed(name.namespace(), spec));
        } else {
            asks.told().refused(FailureReason.UNSUPPORTED, "it sees the network of a node, or its own, not a pod's");
        }
        return asks.told().build();
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        cluster.warnOfWeakClient(context);
        CapturePoint point = request.point();
        String kind = request.target().kind();
        if (!kind.equals("node") && !kind.equals(OWN_NETWORK)) {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED,
                    "a temporary pod has a network of its own and does not see that of " + request.target()
                            + "; it is for node/NAME and debugpod/NAME, use exec, ephemeral or node here");
        }
        HelperPod pod = context.shared(
                "pod/" + cluster.place() + "/" + point.id() + "/" + settings,
                HelperPod.class,
                scope -> kind.equals("node") ? onNode(point, context, scope) : alone(point, context, scope));
        context.attribute("helper", pod.name().toString());
        // Debian's tcpdump becomes another user, whom nobody here could then send a signal.
        return RemoteTcpdump.of(request)
                .user("root")
                .excluding(ownTraffic.of(request, pod::exec, context))
                .start(argv -> pod.exec(argv, context.remaining()), sink, context);
    }

    private HelperPod onNode(CapturePoint point, MethodContext context, CleanupScope scope)
            throws InterruptedException {
        String namespace = settings.namespace().orElseGet(cluster::namespace);
        PodName name = new PodName(namespace, HelperName.of("pod", context.sessionId()));
        String node = point.attributes().getOrDefault(PodView.NODE, "");
        return HelperPod.create(cluster, spec(name, context).onNodeNetwork(node), context, scope);
    }

    private HelperPod alone(CapturePoint point, MethodContext context, CleanupScope scope) throws InterruptedException {
        PodName name = PodName.of(point);
        HelperPodSpec spec = spec(name, context);
        return HelperPod.create(cluster, spec.alone(firstAllowed(name.namespace(), spec)), context, scope);
    }

    private SecurityProfile firstAllowed(String namespace, HelperPodSpec spec) throws InterruptedException {
        return SecurityProfile.firstAllowed(
                "in namespace " + namespace, some -> HelperPod.tryToCreate(cluster, spec.alone(some)));
    }

    private HelperPodSpec spec(PodName name, MethodContext context) {
        return new HelperPodSpec(settings, name, context.sessionId(), context.remaining());
    }
}
