package io.podcapture.examples.k3s;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The application under test: a web pod with a tcpdump beside it, and a pod that orders there. */
final class Shop {
    private static final String TOOLS = System.getProperty("podcapture.example.tools", "localhost/tools:1");
    private static final String WEB = System.getProperty("podcapture.example.web", "localhost/web:1");

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
                        .withImage(WEB)
                        .withImagePullPolicy("IfNotPresent")
                        .endContainer()
                        .addNewContainer()
                        .withName("tcpdump")
                        .withImage(TOOLS)
                        .withImagePullPolicy("IfNotPresent")
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
                        .withImage(TOOLS)
                        .withImagePullPolicy("IfNotPresent")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        ready(client, "buyer");
        return new Shop(client, ready(client, "web").getStatus().getPodIP());
    }

    /** Orders, and returns the status that the web pod answers with. */
    String order(int number) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch watch = client.pods()
                .inNamespace("default")
                .withName("buyer")
                .writingOutput(out)
                .exec(
                        "curl",
                        "-s",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "http://" + address + ":8080/?order-" + number)) {
            watch.exitCode().get(60, TimeUnit.SECONDS);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Pod ready(KubernetesClient client, String name) {
        return client.pods().inNamespace("default").withName(name).waitUntilReady(2, TimeUnit.MINUTES);
    }
}
