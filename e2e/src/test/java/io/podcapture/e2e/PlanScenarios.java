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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan asks the API server, and how often. */
abstract class PlanScenarios {
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubject";

    private final Queue<HttpRequest> requests = new ConcurrentLinkedQueue<>();
    private KubernetesClient client;

    /** Where it is played, with the workloads of workloads.yaml. */
    abstract Stage stage();

    /** Tells whoever reads the log of a run. */
    void tell(Object words) {}

    @BeforeEach
    void makeClient() {
        client = new KubernetesClientBuilder()
                .withConfig(stage().clientConfig())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("trace", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        requests.add(request);
                    }
                }))
                .build();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void plan_ofEverything_onlyReadsReviewsAndRunsDry() {
        CapturePlan plan = all().plan();
        assertThat(plan.feasible()).isTrue();
        assertThat(requests).isNotEmpty().allMatch(PlanScenarios::isHarmless, "reads, reviews or runs dry");
        tell(plan);
    }

    @Test
    void plan_probing_runsNothingButOneScript() {
        CapturePlan plan = all().plan(PlanDepth.PROBE);
        assertThat(plan.feasible()).isTrue();
        List<HttpRequest> others =
                requests.stream().filter(request -> !isHarmless(request)).toList();
        assertThat(others).isNotEmpty().allSatisfy(request -> {
            assertThat(request.uri().getPath()).endsWith("/exec");
            assertThat(query(request))
                    .contains("&command=sh&command=-c&command=")
                    .contains("&command=podcapture-probe&command=");
        });
        assertThat(others.stream().map(PlanScenarios::script).distinct()).hasSize(1);
    }

    private static String query(HttpRequest request) {
        return URLDecoder.decode(request.uri().getRawQuery(), StandardCharsets.UTF_8);
    }

    private static String script(HttpRequest exec) {
        return query(exec).replaceAll("(?s)^.*command=-c&command=|&command=podcapture-probe.*$", "");
    }

    @Test
    void choice_forManyPods_costsAsMuchAsForOne() {
        plan(Targets.pod(stage().namespace(), "tools")).plan();
        long one = askedForAll();
        requests.clear();
        CapturePlan plan = plan(Target.parse("namespace/" + stage().namespace(), stage().namespace()))
                .plan();
        assertThat(plan.points().size()).isGreaterThan(8);
        long nodes = plan.points().stream()
                .map(point -> point.point().attributes().get("node"))
                .distinct()
                .count();
        assertThat(askedForAll()).isLessThanOrEqualTo(one + nodes);
        tell(one + " requests for one pod, " + askedForAll() + " for "
                + plan.points().size() + " on " + nodes + " nodes");
    }

    // An ephemeral container is tried in each pod that is unlike the others.
    private long askedForAll() {
        return requests.stream()
                .filter(request -> !request.uri().getPath().endsWith("/ephemeralcontainers"))
                .count();
    }

    private CaptureSession.Builder all() {
        KubernetesMethods methods = stage().methodsWithTcpdump(client).build();
        return CaptureSession.builder()
                .via(methods.auto())
                .target(Target.parse("namespace/" + stage().namespace(), stage().namespace()))
                .target(Targets.node(stage().pod("host-tools").getSpec().getNodeName()))
                .target(Target.parse("debugpod/alone", stage().namespace()))
                .target(Targets.deployment(stage().namespace(), "single"), on -> on.via(methods.sidecar()));
    }

    private CaptureSession.Builder plan(Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(stage().methodsWithTcpdump(client).build().auto());
    }

    private static boolean isHarmless(HttpRequest request) {
        URI uri = request.uri();
        boolean reads = request.method().equals("GET") && !uri.getPath().endsWith("/exec");
        boolean dry = String.valueOf(uri.getQuery()).contains("dryRun=All");
        return reads || dry || request.method().equals("POST") && uri.getPath().startsWith(REVIEWS);
    }
}
