package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.podcapture.CaptureResult;
import io.podcapture.CapturedPackets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What tests on simulated clusters share: clients, packets of a result, and what must not be left. */
final class SimulatedClusters {
    private SimulatedClusters() {}

    static KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    static KubernetesClient client(String kubeconfig, HttpClient.Factory factory) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .withHttpClientFactory(factory)
                .build();
    }

    /** Returns methods that have a tcpdump to bring, to machines of each architecture. */
    static KubernetesMethods uploads(SimulatedCluster cluster, KubernetesClient client) throws IOException {
        return KubernetesMethods.builder(client)
                .staticTcpdump("amd64", cluster.staticTcpdump("amd64"))
                .staticTcpdump("arm64", cluster.staticTcpdump("arm64"))
                .build();
    }

    /** Returns the octets of the packets, in the order of the file. */
    static List<byte[]> frames(CaptureResult result) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                ByteBuffer data = packets.packet().data().duplicate();
                byte[] frame = new byte[data.remaining()];
                data.get(frame);
                frames.add(frame);
            }
        }
        return frames;
    }

    /** Returns the names of the pods of a workload in namespace shop that have a sidecar, in the order of their names. */
    static List<String> podsWithSidecar(KubernetesClient client, String workload) {
        return client.pods().inNamespace("shop").withLabel("app", workload).list().getItems().stream()
                .filter(pod -> new PodView(pod).runs(SidecarContainer.NAME))
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }

    /** Closes both, and requires that nothing is left of them. */
    static void close(KubernetesClient client, SimulatedCluster cluster) {
        client.close();
        cluster.close();
        assertNothingIsLeft();
    }

    /** Requires that sessions which have ended have left no thread. */
    static void assertNoThreadIsLeft() {
        Awaitility.await("threads of sessions end")
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("podcapture-")));
    }

    /** Requires that closed clusters of this process have left neither a thread nor a process; others may have theirs. */
    static void assertNothingIsLeft() {
        Awaitility.await("threads of the clusters end")
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("simulated-cluster-")));
        Awaitility.await("processes of the clusters end")
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(processes()).isEmpty());
    }

    // Descendants would not do: what outlives its parent, as it must not, is nobody's. The place of a cluster tells
    // whose it is.
    private static List<String> processes() {
        String place = "/simulated-cluster-" + ProcessHandle.current().pid() + "-";
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(place))
                .toList();
    }
}
