package io.podcapture.examples;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureSession;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import io.podcapture.testkit.cluster.SimulatedPod;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WireBuilder;
import io.podcapture.testkit.wire.WireInterface;
import io.podcapture.testkit.wire.WirePacket;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/** Four pods on two nodes of a cluster within this process, and the wire between them. For one thread. */
final class SimulatedShop implements Happening {
    private static final long SEED = 1;

    private final SimulatedCluster cluster;
    private final KubernetesClient client;

    private SimulatedShop(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
    }

    /**
     * Opens the shop.
     *
     * @throws IOException if this machine lacks what a simulated cluster needs
     */
    static SimulatedShop open() throws IOException {
        return new SimulatedShop(SimulatedCluster.builder()
                .node("node-a")
                .node("node-b")
                .pod("shop", "front", pod -> pod.node("node-a").container("app", SimulatedImage.TOOLS))
                .pod("shop", "cart", pod -> pod.node("node-a").container("app", SimulatedImage.NO_SHELL))
                .pod("shop", "db", pod -> pod.node("node-b").container("app", SimulatedImage.SHELL))
                .pod("kube-system", "dns", pod -> pod.node("node-b").container("app", SimulatedImage.NO_SHELL))
                .start());
    }

    KubernetesClient client() {
        return client;
    }

    List<Target> targets() {
        return List.of(Targets.namespace("shop"), Targets.pod("kube-system", "dns"));
    }

    /** Lets all checkouts happen, and stops. */
    @Override
    public void happen(CaptureSession session) {
        play(CheckoutScript::write);
        session.stop();
    }

    /**
     * Lets a script happen, from now on by the clocks of the nodes. Virtual time passes as fast as it can; each packet is seen
     * by the pods before the next one is made.
     *
     * @param script told the wire, whose hosts are the pods by their names, and the address of db
     * @return the wire, which has what each pod saw
     */
    Wire play(BiConsumer<Wire, String> script) {
        List<Pod> pods = client.pods().inAnyNamespace().list().getItems();
        Wire wire = wire(pods, Instant.now());
        script.accept(wire, addressOf("db", pods));
        List<Eyes> eyes = pods.stream().map(pod -> eyes(wire, pod)).toList();
        while (wire.next().isPresent()) {
            wire.advanceTo(wire.next().get());
            eyes.forEach(Eyes::look);
        }
        return wire;
    }

    private static Wire wire(List<Pod> pods, Instant begin) {
        WireBuilder builder = Wire.seeded(SEED).startingAt(begin).node("node-a").node("node-b");
        for (Pod pod : pods) {
            builder.host(pod.getMetadata().getName(), host -> {
                host.on(pod.getSpec().getNodeName()).address(pod.getStatus().getPodIP());
                if (pod.getMetadata().getName().equals("dns")) {
                    host.nameServer();
                }
            });
        }
        return builder.build();
    }

    private static String addressOf(String name, List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getName().equals(name))
                .map(pod -> pod.getStatus().getPodIP())
                .findFirst()
                .orElseThrow();
    }

    private Eyes eyes(Wire wire, Pod pod) {
        String name = pod.getMetadata().getName();
        return new Eyes(
                wire.interfaceOf(name, "eth0"), cluster.pod(pod.getMetadata().getNamespace(), name));
    }

    /** Lets a pod see what an interface of the wire saw since the last look. */
    private static final class Eyes {
        private final WireInterface from;
        private final SimulatedPod pod;
        private int seen;

        Eyes(WireInterface from, SimulatedPod pod) {
            this.from = from;
            this.pod = pod;
        }

        void look() {
            List<WirePacket> packets = from.packets();
            for (WirePacket packet : packets.subList(seen, packets.size())) {
                pod.see(packet.interfaceName(), packet.sent(), packet.timestampNanos(), packet.data());
            }
            seen = packets.size();
        }
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
