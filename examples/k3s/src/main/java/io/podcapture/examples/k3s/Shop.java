package io.podcapture.examples.k3s;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.podcapture.fabric8.KubernetesMethods;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The application under test: a web pod with a tcpdump beside it, and a pod that orders there.
 *
 * <p>One image serves for all; {@code PODCAPTURE_EXAMPLE_IMAGE} names another one with a shell, busybox, curl and tcpdump.
 */
final class Shop {
    private static final String IMAGE =
            Optional.ofNullable(System.getenv("PODCAPTURE_EXAMPLE_IMAGE")).orElse(KubernetesMethods.DEFAULT_IMAGE);
    private static final String SERVE = "mkdir -p /tmp/www && echo paid > /tmp/www/index.html"
            + " && exec $(command -v busybox-extras || command -v busybox) httpd -f -p 8080 -h /tmp/www";

    private final KubernetesClient client;
    private final String address;

    private Shop(KubernetesClient client, String address) {
        this.client = client;
        this.address = address;
    }

    static Shop open(KubernetesClient client) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage(IMAGE)
                        .withCommand("sh", "-c", SERVE)
                        .withNewReadinessProbe()
                        .withNewTcpSocket()
                        .withNewPort(8080)
                        .endTcpSocket()
                        .withPeriodSeconds(1)
                        .endReadinessProbe()
                        .endContainer()
                        .addNewContainer()
                        .withName("tcpdump")
                        .withImage(IMAGE)
                        .withCommand("sleep", "3600")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("buyer")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("tools")
                        .withImage(IMAGE)
                        .withCommand("sleep", "3600")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        ready(client, "buyer");
        return new Shop(client, ready(client, "web").getStatus().getPodIP());
    }

    /** Orders, and returns the status that the web pod answers with. */
    String order(int number) throws Exception {
        return get(8080, "/?order-" + number);
    }

    /** Wants to pay where nobody listens: the web pod refuses the connection. */
    void pay() throws Exception {
        get(8443, "/pay");
    }

    private String get(int port, String path) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch watch = client.pods()
                .inNamespace("default")
                .withName("buyer")
                .writingOutput(out)
                .exec("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "http://" + address + ":" + port + path)) {
            watch.exitCode().get(60, TimeUnit.SECONDS);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Pod ready(KubernetesClient client, String name) {
        try {
            return client.pods().inNamespace("default").withName(name).waitUntilReady(3, TimeUnit.MINUTES);
        } catch (KubernetesClientTimeoutException e) {
            String why =
                    client
                            .pods()
                            .inNamespace("default")
                            .withName(name)
                            .get()
                            .getStatus()
                            .getContainerStatuses()
                            .stream()
                            .map(ContainerStatus::getState)
                            .filter(state -> state.getWaiting() != null)
                            .map(state -> state.getWaiting().getReason() + ": "
                                    + state.getWaiting().getMessage())
                            .distinct()
                            .collect(Collectors.joining("; "));
            throw new IllegalStateException(
                    "pod " + name + " does not become ready: " + why + "; PODCAPTURE_EXAMPLE_IMAGE names another image",
                    e);
        }
    }
}
