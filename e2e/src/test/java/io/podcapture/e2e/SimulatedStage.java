package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.Permission;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.fabric8.KubernetesPermissions;
import io.podcapture.testkit.cluster.PodOptions;
import io.podcapture.testkit.cluster.PodSecurity;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedClusterBuilder;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Pods of a simulated cluster, and the wire between them. */
final class SimulatedStage implements Stage {
    static final String NAMESPACE = "scenarios";

    private final SimulatedCluster cluster;
    private final KubernetesClient client;
    private final PodWire wire;
    private final String namespace;

    private SimulatedStage(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.client = client(cluster.kubeconfig());
        this.wire = new PodWire(cluster, client);
        this.namespace = NAMESPACE;
    }

    private SimulatedStage(SimulatedStage other, String namespace) {
        this.cluster = other.cluster;
        this.client = other.client;
        this.wire = other.wire;
        this.namespace = namespace;
    }

    static KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    /** Returns the namespace of this cluster that enforces a level of Pod Security; it is closed with this one. */
    SimulatedStage enforcing(PodSecurity level) {
        return new SimulatedStage(this, level.toString());
    }

    /** Makes the pods of pods.yaml. */
    static SimulatedStage withPods() throws IOException {
        return new SimulatedStage(pods().start());
    }

    /** Makes the pods of pods.yaml and the workloads of workloads.yaml. */
    static SimulatedStage withWorkloads() throws IOException {
        SimulatedStage stage = new SimulatedStage(pods().deployment(NAMESPACE, "web-deployment", 2, SimulatedStage::web)
                .statefulSet(NAMESPACE, "web-statefulset", 2, SimulatedStage::web)
                .daemonSet(NAMESPACE, "web-daemonset", SimulatedStage::web)
                .deployment(NAMESPACE, "single", 1, pod -> pod.container("tools", SimulatedImage.TOOLS))
                .deployment(NAMESPACE, "lasting", 1, pod -> pod.container("tools", SimulatedImage.TOOLS))
                .start());
        stage.makeHostTools();
        return stage;
    }

    private static void web(PodOptions pod) {
        pod.container("web", SimulatedImage.SHELL).container("tools", SimulatedImage.TOOLS);
    }

    private void makeHostTools() {
        client.pods()
                .inNamespace(NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("host-tools")
                        .endMetadata()
                        .withNewSpec()
                        .withHostNetwork(true)
                        .addNewContainer()
                        .withName("tools")
                        .withImage("localhost/tools:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        awaitReady("host-tools");
    }

    private static SimulatedClusterBuilder pods() {
        return SimulatedCluster.builder()
                .node("node-a")
                .node("node-b")
                .image("localhost/web:1", SimulatedImage.SHELL)
                .image("localhost/scratch:1", SimulatedImage.NO_SHELL)
                .image("localhost/nosuch:1", SimulatedImage.UNAVAILABLE)
                .image("localhost/nosuch:9", SimulatedImage.UNAVAILABLE)
                .pod(
                        NAMESPACE,
                        "web-sidecar",
                        pod -> pod.label("app", "web-sidecar")
                                .container("web", SimulatedImage.SHELL)
                                .container("tcpdump", SimulatedImage.TOOLS))
                .pod(
                        NAMESPACE,
                        "scratch",
                        pod -> pod.label("app", "scratch").node("node-b").container("scratch", SimulatedImage.NO_SHELL))
                .pod(NAMESPACE, "tools", pod -> pod.label("app", "tools").container("tools", SimulatedImage.TOOLS))
                .deployment(NAMESPACE, "cart", 3, SimulatedStage::web)
                .podSecurity(PodSecurity.BASELINE.toString(), PodSecurity.BASELINE)
                .podSecurity(PodSecurity.RESTRICTED.toString(), PodSecurity.RESTRICTED)
                .blockTimeout(Duration.ofMillis(20));
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public Config clientConfig() {
        return Config.fromKubeconfig(cluster.kubeconfig());
    }

    @Override
    public KubernetesClient account(String name, Collection<Permission> rights) {
        return client(cluster.kubeconfig(name, rights));
    }

    @Override
    public Grantee grantee(String name, KubernetesPermissions needed) {
        return new SimulatedGrantee(rights -> account(name, rights), List.copyOf(needed.all()));
    }

    @Override
    public Map<String, String> environment(Path directory) {
        Path kubeconfig = directory.resolve("kubeconfig");
        try {
            Files.writeString(kubeconfig, cluster.kubeconfig());
            return Map.of("KUBECONFIG", kubeconfig.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> jvmOptions() {
        try {
            return List.of("-Dpodcapture.tcpdump=" + cluster.staticTcpdump("amd64"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public KubernetesMethods.Builder methods(KubernetesClient client) {
        return KubernetesMethods.builder(client).image("localhost/tools:1");
    }

    @Override
    public KubernetesMethods.Builder methodsWithTcpdump(KubernetesClient client) {
        try {
            return methods(client)
                    .staticTcpdump("amd64", cluster.staticTcpdump("amd64"))
                    .staticTcpdump("arm64", cluster.staticTcpdump("arm64"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how it is reached, as a file of kubectl has it. */
    String kubeconfig() {
        return cluster.kubeconfig();
    }

    /** Lets pod tools download from another one, and returns how many packets of it that one saw. */
    long download(String server, long octets, long octetsPerSecond) {
        return new WireDownload(wire, pod("tools"), pod(server)).play(octets, octetsPerSecond);
    }

    /** Returns what runs in its containers now. */
    List<String> commands() {
        return cluster.commands();
    }

    @Override
    public WireSender sender(String pod, String container) {
        Pod there = pod(pod);
        if (there == null) {
            throw new IllegalArgumentException("there is no pod " + namespace + "/" + pod);
        }
        return new WireSender(wire, there);
    }

    @Override
    public String leavingInterface(String pod, String container, String address) {
        return "eth0";
    }

    @Override
    public void close() {
        if (!namespace.equals(NAMESPACE)) {
            return;
        }
        client.close();
        cluster.close();
    }
}
