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
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Brings a static tcpdump into a container that has a shell, and runs it there; its file is gone before it runs. */
final class UploadMethod implements CaptureMethod {
    private final Cluster cluster;
    private final Map<String, StaticTcpdump> tcpdumps;
    private final OwnTraffic ownTraffic;

    /**
     * Makes the method.
     *
     * @param tcpdumps by the architecture they are for
     */
    UploadMethod(Cluster cluster, Map<String, StaticTcpdump> tcpdumps, OwnTraffic ownTraffic) {
        this.cluster = cluster;
        this.tcpdumps = Map.copyOf(tcpdumps);
        this.ownTraffic = ownTraffic;
    }

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        return new InPodPreflight(cluster, request, context).upload(tcpdumps.keySet(), depth);
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        cluster.warnOfWeakClient(context);
        UploadPlace place = new UploadSearch(cluster, context).of(request);
        context.attribute("container", place.container());
        ExecConnector exec = new ExecConnector(cluster);
        OwnTraffic.Shell plain = (argv, limit) -> exec.start(place.pod(), place.container(), argv, limit);
        String excluded = ownTraffic.of(request, plain, context);
        try (UploadShell shell = new UploadShell(cluster, request.point(), place, tcpdump(place), context)) {
            context.onCleanup("file " + shell.file() + " in " + place, shell::remove);
            return RemoteTcpdump.of(request)
                    .enter(UploadScripts.launch(shell.file()))
                    .callsItself(UploadScripts.PROGRAM)
                    .excluding(excluded)
                    .start(shell, sink, context);
        }
    }

    private Program tcpdump(UploadPlace place) {
        String architecture = place.architecture();
        return Optional.ofNullable(tcpdumps.get(architecture))
                .orElseThrow(() -> new CaptureException(
                        FailureReason.TOOL_MISSING,
                        place + " runs on " + architecture
                                + ", for which no static tcpdump was given; given are those for "
                                + String.join(", ", new TreeSet<>(tcpdumps.keySet()))))
                .program();
    }
}
