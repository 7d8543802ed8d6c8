package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WireBuilder;
import io.podcapture.testkit.wire.WirePacket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The wire between the pods of a simulated cluster, with a host for each that is there when a script begins, and one for each
 * node, which its pods on the host network share. Time is virtual and goes on from script to script.
 */
final class PodWire {
    private final SimulatedCluster cluster;
    private final KubernetesClient client;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long scripts;

    /** What sees packets: a pod or a node. */
    private interface Eye {
        void see(String interfaceName, boolean sent, long timestampNanos, ByteBuffer frame);
    }

    PodWire(SimulatedCluster cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /** Returns the name of a pod's host. */
    static String host(Pod pod) {
        boolean onNode = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
        return onNode
                ? node(pod.getSpec().getNodeName())
                : pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private static String node(String name) {
        return "node/" + name;
    }

    /** Lets a script happen; when this returns, the pods have seen all of it. Returns the wire that it happened on. */
    synchronized Wire play(Consumer<Wire> script) {
        Map<String, Eye> eyes = new HashMap<>();
        WireBuilder hosts = Wire.seeded(scripts++).startingAt(now);
        for (Node node : client.nodes().list().getItems()) {
            String name = node.getMetadata().getName();
            hosts.node(name);
            hosts.host(
                    node(name),
                    host -> host.on(name)
                            .address(node.getStatus().getAddresses().get(0).getAddress()));
            eyes.put(node(name), cluster.node(name)::see);
        }
        for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
            if (!eyes.containsKey(host(pod)) && "Running".equals(pod.getStatus().getPhase())) {
                hosts.host(
                        host(pod),
                        host -> host.on(pod.getSpec().getNodeName())
                                .address(pod.getStatus().getPodIP()));
                eyes.put(
                        host(pod),
                        cluster.pod(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName())::see);
            }
        }
        Wire wire = hosts.build();
        script.accept(wire);
        wire.run();
        now = now.plus(wire.now());
        eyes.forEach((host, eye) -> seen(wire, host)
                .forEach(packet ->
                        eye.see(packet.interfaceName(), packet.sent(), packet.timestampNanos(), packet.data())));
        return wire;
    }

    private static Stream<WirePacket> seen(Wire wire, String host) {
        return Stream.of("eth0", "lo")
                .flatMap(name -> wire.interfaceOf(host, name).packets().stream())
                .sorted(Comparator.comparingLong(WirePacket::timestampNanos));
    }
}
