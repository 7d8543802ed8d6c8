package io.podcapture.examples.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.junit5.CaptureExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a user writes. The second test is wrong on purpose: what went over the wire meanwhile is kept in target/captures, and its
 * path is printed.
 */
class CheckoutExample {
    private static K3s k3s;
    private static KubernetesClient client;
    private static Shop shop;

    @RegisterExtension
    final CaptureExtension capture = CaptureExtension.capturing(() -> CaptureSession.builder()
                    .target(Targets.pod("default", "web"))
                    .via(KubernetesMethods.auto(client))
                    .filter("tcp port 8080"))
            .build();

    @BeforeAll
    static void openShop() {
        k3s = K3s.start();
        client = new KubernetesClientBuilder().withConfig(k3s.config()).build();
        shop = Shop.open(client);
    }

    @AfterAll
    static void closeShop() {
        client.close();
        k3s.close();
    }

    @Test
    void order_isAccepted() throws Exception {
        assertThat(shop.order(0)).isEqualTo("200");
    }

    @Test
    void orders_areAllPaid() throws Exception {
        for (int number = 1; number <= 20; number++) {
            assertThat(shop.order(number)).isEqualTo(number < 20 ? "200" : "402");
        }
    }
}
