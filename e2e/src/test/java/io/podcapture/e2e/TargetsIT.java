package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Node;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.PointListener;
import io.podcapture.spi.TargetResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of target stands for its own pods, also where all pods carry the same labels. */
@OnCluster
class TargetsIT {
    private static TestCluster cluster;
    private static TargetResolver resolver;
    private static List<Node> nodes;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withNamespace(Map.of());
        cluster.make("targets.yaml");
        resolver = KubernetesMethods.using(cluster.client()).resolver();
        nodes = cluster.client().nodes().list().getItems();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(names(Targets.namespace(cluster.namespace())))
                        .hasSize(2 + 2 + nodes.size() + 1));
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"sts/db, StatefulSet", "rs/front, ReplicaSet", "ds/log, DaemonSet", "job/once, Job"})
    void resolve_workload_givesThePodsThatItManages(String text, String kind) throws Exception {
        SortedSet<String> expected = managedBy(kind);
        assertThat(expected).hasSize(Map.of("Job", 1, "DaemonSet", nodes.size()).getOrDefault(kind, 2));
        assertThat(names(Target.parse(text, cluster.namespace()))).isEqualTo(expected);
    }

    @Test
    void resolve_service_givesAllThatItSelects() throws Exception {
        SortedSet<String> expected = managedBy("StatefulSet");
        expected.addAll(managedBy("ReplicaSet"));
        assertThat(names(Targets.service(cluster.namespace(), "cart"))).isEqualTo(expected);
    }

    @Test
    void resolve_namespace_givesAllItsPods() throws Exception {
        SortedSet<String> expected = new TreeSet<>();
        List.of("StatefulSet", "ReplicaSet", "DaemonSet", "Job").forEach(kind -> expected.addAll(managedBy(kind)));
        assertThat(names(Targets.namespace(cluster.namespace()))).isEqualTo(expected);
    }

    @Test
    void resolve_podsInTheNodesNetwork_sayIt() throws Exception {
        assertThat(resolver.resolve(Targets.daemonSet(cluster.namespace(), "log")))
                .allSatisfy(point -> assertThat(point.attributes()).containsEntry("hostNetwork", "true"));
        assertThat(resolver.resolve(Targets.statefulSet(cluster.namespace(), "db")))
                .allSatisfy(point -> assertThat(point.attributes()).doesNotContainKey("hostNetwork"));
    }

    @Test
    void resolve_node_givesTheMachine() throws Exception {
        Node node = nodes.get(0);
        String name = node.getMetadata().getName();
        assertThat(resolver.resolve(Targets.node(name))).singleElement().satisfies(point -> {
            assertThat(point.id()).isEqualTo(node.getMetadata().getUid());
            assertThat(point.name()).isEqualTo("node/" + name);
            assertThat(point.attributes())
                    .containsEntry("node", name)
                    .containsEntry("hostNetwork", "true")
                    .containsKey("ip");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/none", "sts/none", "rs/none", "ds/none", "job/none", "svc/none", "dc/none"})
    void resolve_missing_saysHowToListWhatThereIs(String text) {
        Target target = Target.parse(text, cluster.namespace());
        assertNotFound(
                target,
                target + " does not exist; kubectl get " + target.kind() + "s -n " + cluster.namespace()
                        + " lists those that do");
    }

    @Test
    void resolve_missingNamespaceOrNode_isSaid() {
        assertNotFound(Targets.namespace("podcapture-none"), "namespace podcapture-none does not exist");
        assertNotFound(Targets.node("none"), "node none does not exist; there are ");
    }

    @Test
    void resolve_serviceWithoutPodsOfItsOwn_saysWhy() {
        assertNotFound(Targets.service(cluster.namespace(), "elsewhere"), "stands for cart.example");
        assertNotFound(Targets.service(cluster.namespace(), "by-hand"), "has no selector");
    }

    @Test
    void resolve_namespaceWithoutPods_givesNone() throws Exception {
        try (TestCluster empty = TestCluster.withNamespace(Map.of())) {
            assertThat(resolver.resolve(Targets.namespace(empty.namespace()))).isEmpty();
        }
    }

    @Test
    void follow_statefulSet_tellsOfItsPodThatComesAnew() throws Exception {
        Told told = new Told();
        AutoCloseable following = resolver.follow(Targets.statefulSet(cluster.namespace(), "db"), told);
        try {
            assertThat(told.joined).hasSize(2);
            cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withName("db-0")
                    .delete();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(told.joined).hasSize(3));
            assertThat(told.joined.get(2).name()).isEqualTo(cluster.namespace() + "/db-0");
            assertThat(told.gone).hasSize(1);
        } finally {
            following.close();
        }
    }

    @Test
    void follow_node_tellsItOnce() throws Exception {
        Told told = new Told();
        resolver.follow(Targets.node(nodes.get(0).getMetadata().getName()), told)
                .close();
        assertThat(told.joined).hasSize(1);
    }

    @Test
    void exec_onNode_isUnsupported() {
        CaptureException refused = catchThrowableOfType(
                CaptureException.class,
                () -> CaptureSession.builder()
                        .target(Targets.node(nodes.get(0).getMetadata().getName()))
                        .via(KubernetesMethods.exec(cluster.client()))
                        .writeTo(directory.resolve("node.pcapng"))
                        .start());
        assertThat(refused).hasMessageContaining("it is no pod; use the method pod");
        assertThat(refused.reason()).isEqualTo(FailureReason.UNSUPPORTED);
    }

    private static void assertNotFound(Target target, String message) {
        CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> resolver.resolve(target));
        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    private static SortedSet<String> names(Target target) throws Exception {
        SortedSet<String> names = new TreeSet<>();
        resolver.resolve(target).forEach(point -> names.add(point.name()));
        return names;
    }

    private static SortedSet<String> managedBy(String kind) {
        SortedSet<String> names = new TreeSet<>();
        cluster.client().pods().inNamespace(cluster.namespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> kind.equals(
                        pod.getMetadata().getOwnerReferences().get(0).getKind()))
                .forEach(pod ->
                        names.add(cluster.namespace() + "/" + pod.getMetadata().getName()));
        return names;
    }

    private static final class Told implements PointListener {
        final List<CapturePoint> joined = new CopyOnWriteArrayList<>();
        final List<String> gone = new CopyOnWriteArrayList<>();

        @Override
        public void joined(CapturePoint point) {
            joined.add(point);
        }

        @Override
        public void gone(CapturePoint point, String reason) {
            gone.add(reason);
        }
    }
}
