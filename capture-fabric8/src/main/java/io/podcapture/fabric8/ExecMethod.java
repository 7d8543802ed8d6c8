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

/** Runs tcpdump in a container that is there already; creates nothing. */
final class ExecMethod implements CaptureMethod {
    private final Cluster cluster;
    private final OwnTraffic ownTraffic;

    ExecMethod(Cluster cluster, OwnTraffic ownTraffic) {
        this.cluster = cluster;
        this.ownTraffic = ownTraffic;
    }

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        return new InPodPreflight(cluster, request, context).exec(depth);
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        cluster.warnOfWeakClient(context);
        PodName pod = PodName.of(request.point());
        String container = new ToolContainer(cluster, context).of(request);
        context.attribute("container", container);
        ExecConnector exec = new ExecConnector(cluster);
        OwnTraffic.Shell shell = (argv, limit) -> exec.start(pod, container, argv, limit);
        return RemoteTcpdump.of(request)
                .excluding(ownTraffic.of(request, shell, context))
                .start(argv -> shell.start(argv, context.remaining()), sink, context);
    }
}
