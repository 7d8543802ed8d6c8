package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureSession;
import io.podcapture.PlanDepth;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan asks the API server, and how often. */
@OnCluster
class PlanIT {
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubject";

    private static TestCluster cluster;
    private static KubernetesClient client;
    private static final Queue<HttpRequest> requests = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withWorkloads();
        client = new KubernetesClientBuilder()
                .withConfig(TestCluster.config())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("trace", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        requests.add(request);
                    }
                }))
                .build();
    }

    @AfterAll
    static void removePods() {
        client.close();
        cluster.close();
    }

    @BeforeEach
    void forget() {
        requests.clear();
    }

    @Test
    void plan_ofEverything_onlyReadsReviewsAndRunsDry() {
        CapturePlan plan = all().plan();
        assertThat(plan.feasible()).isTrue();
        assertThat(requests).isNotEmpty().allMatch(PlanIT::isHarmless, "reads, reviews or runs dry");
        System.out.println(plan);
    }

    @Test
    void plan_probing_runsNothingButTheVersionAndTheProbe() {
        CapturePlan plan = all().plan(PlanDepth.PROBE);
        assertThat(plan.feasible()).isTrue();
        List<HttpRequest> others =
                requests.stream().filter(request -> !isHarmless(request)).toList();
        assertThat(others).isNotEmpty().allSatisfy(request -> {
            assertThat(request.uri().getPath()).endsWith("/exec");
            String query = request.uri().getQuery();
            assertThat(query.contains("command=tcpdump&command=--version") || query.contains("podcapture-probe"))
                    .as(query)
                    .isTrue();
        });
    }

    @Test
    void choice_forManyPods_costsAsMuchAsForOne() {
        plan(Targets.pod(cluster.namespace(), "tools")).plan();
        long one = requests.size();
        requests.clear();
        CapturePlan plan = plan(Target.parse("namespace/" + cluster.namespace(), cluster.namespace()))
                .plan();
        assertThat(plan.points().size()).isGreaterThan(8);
        long nodes = plan.points().stream()
                .map(point -> point.point().attributes().get("node"))
                .distinct()
                .count();
        assertThat((long) requests.size()).isLessThanOrEqualTo(one + nodes);
        System.out.println(one + " requests for one pod, " + requests.size() + " for "
                + plan.points().size() + " on " + nodes + " nodes");
    }

    private static CaptureSession.Builder all() {
        KubernetesMethods methods = Way.methods(client).build();
        return CaptureSession.builder()
                .via(methods.auto())
                .target(Target.parse("namespace/" + cluster.namespace(), cluster.namespace()))
                .target(Targets.node(cluster.pod("host-tools").getSpec().getNodeName()))
                .target(Target.parse("debugpod/alone", cluster.namespace()))
                .target(Targets.deployment(cluster.namespace(), "single"), on -> on.via(methods.sidecar()));
    }

    private static CaptureSession.Builder plan(Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(Way.methods(client).build().auto());
    }

    private static boolean isHarmless(HttpRequest request) {
        URI uri = request.uri();
        boolean reads = request.method().equals("GET") && !uri.getPath().endsWith("/exec");
        boolean dry = String.valueOf(uri.getQuery()).contains("dryRun=All");
        return reads || dry || request.method().equals("POST") && uri.getPath().startsWith(REVIEWS);
    }
}
