package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.PlannedMethod;
import io.podcapture.Target;
import io.podcapture.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The pods demo/web and demo/db on a node, at a server that answers as Kubernetes does. */
abstract class PreflightFixture {
    static final String PODS = "/api/v1/namespaces/demo/pods";
    static final String ADD = "PATCH " + PODS + "/web/ephemeralcontainers";
    static final String CREATE = "POST " + PODS;

    FakeApi api;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws Exception {
        api = new FakeApi();
        client = Http.JDK.client(api.url());
        for (String name : List.of("web", "db")) {
            Pod pod = Pods.running(name).build();
            api.serve("GET " + PODS + "/" + name, pod);
            api.serve("PATCH " + PODS + "/" + name + "/ephemeralcontainers", pod);
            api.serve(CREATE, pod);
        }
        api.serve("GET /api/v1/nodes/node1", node(Map.of()));
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    /** Lets the caller do all in the namespace, and look at nodes. */
    void grantAll() {
        api.list("demo", "*", "*");
        api.allow("get nodes");
    }

    /** Lets demo/web be one that the kubelet has from a file. */
    void makeStatic() {
        api.serve(
                "GET " + PODS + "/web",
                Pods.running("web")
                        .editMetadata()
                        .withAnnotations(Map.of("kubernetes.io/config.mirror", "0a1b"))
                        .endMetadata()
                        .build());
    }

    /** Plans to capture these pods by auto. */
    CapturePlan plan(String... pods) {
        return plan(
                methods().auto(),
                Stream.of(pods).map(pod -> Targets.pod("demo", pod)).toArray(Target[]::new));
    }

    /** Plans to capture these targets. */
    static CapturePlan plan(MethodChoice choice, Target... targets) {
        CaptureSession.Builder session = CaptureSession.builder().via(choice);
        List.of(targets).forEach(session::target);
        return session.plan();
    }

    KubernetesMethods methods() {
        return builder().build();
    }

    /** Begins with the server, and a static tcpdump for amd64. */
    KubernetesMethods.Builder builder() {
        return KubernetesMethods.builder(client).staticTcpdump("amd64", Path.of("/no/such/tcpdump"));
    }

    static PlannedMethod method(CapturePlan plan, String name) {
        return plan.points().get(0).methods().stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Node node(Map<String, String> labels) {
        return node("node1", labels);
    }

    static Node node(String name, Map<String, String> labels) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-" + name)
                .withLabels(labels)
                .endMetadata()
                .withNewStatus()
                .withNewNodeInfo()
                .withArchitecture("amd64")
                .endNodeInfo()
                .endStatus()
                .build();
    }
}
