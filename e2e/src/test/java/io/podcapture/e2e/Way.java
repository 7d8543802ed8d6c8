package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureProgress;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A method on a target of a kind that it is for, and where the traffic of that target is made. */
enum Way {
    SIDECAR_DEPLOYMENT("sidecar"),
    SIDECAR_STATEFULSET("sidecar"),
    SIDECAR_DAEMONSET("sidecar"),
    /** All pods of a deployment, on both nodes. */
    NODE("node"),
    /** A node's own network. */
    POD_ON_NODE("pod"),
    /** A pod made for the purpose. */
    POD_ALONE("pod"),
    UPLOAD("upload");

    private final String method;

    Way(String method) {
        this.method = method;
    }

    String method() {
        return method;
    }

    static Way byMethod(String method) {
        return Stream.of(values())
                .filter(way -> way.method.equals(method))
                .findFirst()
                .orElseThrow();
    }

    /** Tells whether packets come only at the end. */
    boolean deliversAtEnd() {
        return method.equals("sidecar");
    }

    MethodChoice choice(KubernetesClient client) {
        return choice(methods(client).build());
    }

    MethodChoice choice(KubernetesMethods methods) {
        return switch (method) {
            case "sidecar" -> methods.sidecar();
            case "node" -> methods.node();
            case "pod" -> methods.pod();
            case "upload" -> methods.upload();
            default -> throw new IllegalStateException(method);
        };
    }

    /** Begins with the image and the binary of the test cluster. */
    static KubernetesMethods.Builder methods(KubernetesClient client) {
        return KubernetesMethods.builder(client)
                .image("localhost/tools:1")
                .staticTcpdump("amd64", StaticTcpdumpFile.get());
    }

    Target target(Stage stage) {
        String namespace = stage.namespace();
        return switch (this) {
            case SIDECAR_DEPLOYMENT -> Targets.deployment(namespace, "web-deployment");
            case NODE -> Targets.deployment(namespace, "cart");
            case UPLOAD -> Targets.deployment(namespace, "single");
            case SIDECAR_STATEFULSET -> Targets.statefulSet(namespace, "web-statefulset");
            case SIDECAR_DAEMONSET -> Targets.daemonSet(namespace, "web-daemonset");
            case POD_ON_NODE -> Targets.node(stage.pod("host-tools").getSpec().getNodeName());
            case POD_ALONE ->
                Targets.debugPod(
                        namespace, "debug-" + UUID.randomUUID().toString().substring(0, 8));
        };
    }

    /** Returns what makes traffic in the network of a point. */
    Sender sender(Stage stage, CapturePoint point) {
        return stage.sender(pod(point), container());
    }

    private String pod(CapturePoint point) {
        return this == POD_ON_NODE ? "host-tools" : point.attributes().get("pod");
    }

    private String container() {
        return this == POD_ALONE ? "podcapture" : "tools";
    }

    CaptureSession.Builder session(Stage stage, KubernetesClient client, Path directory) {
        return CaptureSession.builder()
                .target(target(stage))
                .via(choice(stage.methodsWithTcpdump(client).build()))
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
    }

    static List<CapturePoint> points(CaptureSession session) {
        return session.progress().points().stream()
                .map(CaptureProgress.Point::point)
                .toList();
    }
}
