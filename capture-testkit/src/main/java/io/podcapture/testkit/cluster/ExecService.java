package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers requests for an exec: checks them as an API server does, starts the command and stays until its client leaves. */
final class ExecService {
    private static final Set<String> PROTOCOLS = Set.of("v4.channel.k8s.io", "v5.channel.k8s.io");

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final ClusterThreads threads;

    ExecService(ObjectStore store, Kubelet kubelet, ClusterThreads threads) {
        this.store = store;
        this.kubelet = kubelet;
        this.threads = threads;
    }

    /** Returns whether the connection can take another request. */
    boolean serve(Account account, ApiPath path, HttpRequest request, HttpConnection connection)
            throws IOException, ApiStatus.Refusal {
        account.require("get", path);
        if (request.isUpgrade()) {
            account.require("create", path);
        }
        Map<String, Object> pod = store.find("pods", path.namespace(), path.name())
                .orElseThrow(() -> ApiStatus.notFound("pods", path.name()));
        SimulatedPod place = kubelet.podOf(pod);
        // A client asks by several protocols, and once more for the words.
        List<String> argv = request.query().getOrDefault("command", List.of());
        Optional<Fault.Refused> refusal = place.refusal(argv);
        if (refusal.isPresent()) {
            throw new ApiStatus.Refusal(refusal.get().code(), refusal.get().words());
        }
        String container = request.parameter("container");
        SimulatedImage image = place.image(container)
                .orElseThrow(() ->
                        new ApiStatus.Refusal(400, "container " + container + " is not valid for pod " + path.name()));
        if (!request.isUpgrade() || !PROTOCOLS.contains(request.header("sec-websocket-protocol"))) {
            throw new ApiStatus.Refusal(400, "unable to upgrade: no known protocol was asked for");
        }
        WebSocketChannel channel = WebSocketChannel.accept(connection, request);
        // By an empty frame servers tell that the command was started.
        channel.send(WebSocketChannel.STDOUT, new byte[0], 0, 0);
        run(place, kubelet.exec(place, pod, container, image, argv), argv, channel);
        return false;
    }

    private void run(SimulatedPod pod, Optional<Process> started, List<String> argv, WebSocketChannel channel)
            throws IOException {
        if (started.isEmpty()) {
            channel.status(ApiStatus.notInImage(argv.isEmpty() ? "" : argv.get(0)));
            channel.close(1000);
            channel.receive();
            return;
        }
        Process process = started.get();
        // A command that could not be started leaves the fault to the next.
        Optional<Fault> fault = pod.nextFault(argv);
        pod.connected(channel);
        try {
            new ExecSession(channel, process, new Interruption(fault), threads).run();
        } finally {
            pod.left(channel);
            process.onExit().thenAccept(kubelet.processes()::ended);
        }
    }
}
