package io.podcapture.fabric8;

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

/** Adds an ephemeral container to the pod, one for all interfaces, and runs tcpdump in it. */
final class EphemeralMethod implements CaptureMethod {
    private final Cluster cluster;
    private final HelperSettings settings;
    private final OwnTraffic ownTraffic;

    EphemeralMethod(Cluster cluster, HelperSettings settings, OwnTraffic ownTraffic) {
        this.cluster = cluster;
        this.settings = settings;
        this.ownTraffic = ownTraffic;
    }

    @Override
    public String name() {
        return "ephemeral";
    }

    @Override
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        return new InPodPreflight(cluster, request, context).ephemeral(settings);
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        cluster.warnOfWeakClient(context);
        EphemeralContainer container = context.shared(
                "ephemeral/" + request.point().id(),
                EphemeralContainer.class,
                scope -> EphemeralContainer.add(cluster, settings, request.point(), context, scope));
        context.attribute("container", EphemeralContainerName.of(context.sessionId()));
        RemoteTcpdump tcpdump = RemoteTcpdump.of(request);
        // Debian's tcpdump becomes another user, whom nobody here could then send a signal.
        return (container.profile() == SecurityProfile.CAPABILITIES ? tcpdump.user("root") : tcpdump)
                .excluding(ownTraffic.of(request, container::exec, context))
                .start(argv -> container.exec(argv, context.remaining()), sink, context);
    }
}
