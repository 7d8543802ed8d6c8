package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteShell;
import io.podcapture.spi.RemoteTcpdump;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Lets the tcpdump of a container that is there write into files beside it, as the method {@code sidecar} does in the container
 * that it adds.
 */
final class SpoolMethod implements CaptureMethod {
    private static final String CONTAINER = "app";

    private final Cluster cluster;
    private final long volume;

    /**
     * Makes it.
     *
     * @param volume how many octets the volume is said to take
     */
    SpoolMethod(KubernetesClient client, long volume) {
        this.cluster = new Cluster(client, "");
        this.volume = volume;
    }

    @Override
    public String name() {
        return "spool";
    }

    @Override
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        OwnTraffic.Shell shell = shell(cluster.look(request.point()).name());
        RemoteShell timely = argv -> shell.start(argv, context.remaining());
        SpoolFiles files = new SpoolFiles(shell, context, sink);
        context.onCleanup("packet files", files::remove);
        SpoolRoom room = SpoolRoom.of(OptionalLong.of(volume), OptionalLong.empty(), request.maxBytes());
        return SpooledCapture.start(request, RemoteTcpdump.of(request).user("root"), room, files, timely, context);
    }

    /** Returns what a command prints in the directory that stands for the volume. */
    String printed(PodName pod, String command) throws IOException, InterruptedException {
        LooseContext context = new LooseContext();
        List<String> argv = List.of("sh", "-c", "cd \"$1\" && " + command, "sh", SidecarContainer.DIRECTORY + "/.");
        return CommandOutput.of(shell(pod).start(argv, context.remaining()), context.executor(), Duration.ofSeconds(10))
                .stdout();
    }

    // A simulated container has the machine's file system, and no volume in it; but it runs in a directory of its pod's
    // own.
    private OwnTraffic.Shell shell(PodName pod) {
        ExecConnector exec = new ExecConnector(cluster);
        return (argv, limit) -> exec.start(
                pod,
                CONTAINER,
                argv.stream()
                        .map(word -> word.startsWith(SidecarContainer.DIRECTORY + "/") ? word.substring(1) : word)
                        .toList(),
                limit);
    }
}
