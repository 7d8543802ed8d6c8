package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long captures take to start and to stop, beside what people type today. Prints a table and asserts nothing about time:
 * how loaded a machine is, no test knows.
 *
 * <p>All ways are measured once in each round, in an order that changes. First packets are told by their own time stamps, so
 * the clocks of the nodes must go as this machine's.
 */
@OnCluster
class LatencyBenchmark {
    private static final List<MethodWay> METHODS = List.of(
            MethodWay.of("exec", KubernetesMethods::exec, LatencyBenchmark::container)
                    .against("exec")
                    .readyWithin(200),
            MethodWay.of("auto (exec)", KubernetesMethods::auto, LatencyBenchmark::container)
                    .asking("exec"),
            MethodWay.of("ephemeral", KubernetesMethods::ephemeral, LatencyBenchmark::pod)
                    .against("debug")
                    .readyWithin(1200),
            MethodWay.of("node", KubernetesMethods::node, LatencyBenchmark::pod)
                    .against("nodepod")
                    .readyWithin(1300)
                    .withHelperWithin(200),
            MethodWay.of("upload", KubernetesMethods::upload, LatencyBenchmark::pod),
            MethodWay.of("pod (node)", KubernetesMethods::pod, scene -> Targets.node(scene.node())),
            MethodWay.of(
                    "pod (debugpod)",
                    KubernetesMethods::pod,
                    scene -> Target.parse(
                            "debugpod/alone-" + scene.pod(), scene.cluster().namespace())),
            MethodWay.of(
                            "sidecar",
                            KubernetesMethods::sidecar,
                            scene -> Targets.deployment(scene.cluster().namespace(), "rolled"))
                    .atMost(3));

    @TempDir
    private Path directory;

    private final StartTrace trace = new StartTrace();
    private final Map<String, String> traces = new LinkedHashMap<>();
    private final LatencyTable table = new LatencyTable();

    private interface Measurement {
        void run() throws Exception;
    }

    @Test
    void measure() throws Exception {
        try (TestCluster cluster = TestCluster.withNamespace(Map.of());
                KubernetesClient client = tracedClient()) {
            cluster.make("latency-deployment.yaml");
            KubernetesMethods methods = Way.methods(client).build();
            for (int round = 0; round <= Repetitions.count(); round++) {
                measureAll(LatencyScene.make(cluster, directory), methods, round);
            }
        }
        table.print(METHODS);
        traces.forEach((way, steps) -> System.out.println("last start of " + way + ", ms\n" + steps));
    }

    // The first round warms up the client, this JVM and the nodes' caches, and is not counted.
    private void measureAll(LatencyScene scene, KubernetesMethods methods, int round) throws Exception {
        List<Measurement> all = new ArrayList<>();
        for (MethodWay way : METHODS) {
            if (round <= way.repetitions()) {
                all.add(() -> {
                    note(round, way.name(), way.measure(scene, methods, trace));
                    traces.put(way.name(), trace.end());
                });
            }
        }
        for (HandWay way : HandWay.all()) {
            all.add(() -> note(round, LatencyTable.byHand(way.name()), way.measure(scene)));
        }
        Collections.shuffle(all, new Random(round));
        for (Measurement measurement : all) {
            measurement.run();
        }
        scene.remove();
    }

    private void note(int round, String way, Latency latency) {
        if (round > 0) {
            table.add(way, latency);
        }
    }

    private KubernetesClient tracedClient() {
        return new KubernetesClientBuilder()
                .withConfig(TestCluster.config())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("trace", trace))
                .build();
    }

    // Named, as it is by hand: the ephemeral containers of other ways would have to be looked at too.
    private static Target container(LatencyScene scene) {
        return pod(scene).container("tools");
    }

    private static Target pod(LatencyScene scene) {
        return Targets.pod(scene.cluster().namespace(), scene.pod());
    }
}
