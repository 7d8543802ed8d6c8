package io.podcapture.examples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import io.podcapture.junit5.CaptureExtension;
import io.podcapture.local.LocalMethods;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/**
 * What a user writes. The second test is wrong on purpose: what went over the wire meanwhile is kept in target/captures, and its
 * path is printed.
 */
@Testcontainers
class ShopExample {
    // One image serves for the shop and for tcpdump beside it; yours need not have tcpdump, nor a shell.
    private static final String IMAGE =
            Optional.ofNullable(System.getenv("PODCAPTURE_EXAMPLE_IMAGE")).orElse(LocalMethods.DEFAULT_IMAGE);

    private static final String SERVE = "mkdir -p /tmp/www && echo paid > /tmp/www/index.html"
            + " && exec $(command -v busybox-extras || command -v busybox) httpd -f -p 8080 -h /tmp/www";

    @Container
    private static final GenericContainer<?> SHOP = new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withCommand("sh", "-c", SERVE)
            .withExposedPorts(8080);

    // Asked when the container runs: it has no id before.
    @RegisterExtension
    static final CaptureExtension CAPTURE = CaptureExtension.capturing(() -> CaptureSession.builder()
                    .target(Targets.container(SHOP.getContainerId()))
                    .via(LocalMethods.builder().image(IMAGE).docker())
                    .filter("tcp port 8080"))
            .build();

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void order_isAccepted() throws Exception {
        assertThat(order(0)).isEqualTo(200);
    }

    @Test
    void orders_areAllPaid() throws Exception {
        for (int number = 1; number <= 20; number++) {
            assertThat(order(number)).isEqualTo(number < 20 ? 200 : 402);
        }
    }

    private int order(int number) throws IOException, InterruptedException {
        URI shop = URI.create("http://" + SHOP.getHost() + ":" + SHOP.getMappedPort(8080) + "/?order-" + number);
        return client.send(HttpRequest.newBuilder(shop).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
