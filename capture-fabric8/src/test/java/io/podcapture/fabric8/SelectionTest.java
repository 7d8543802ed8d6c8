package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Named CART = new Named("service", "shop", "cart");

    @Test
    void managed_job_hasItsLabelsAndOnlyItsPods() {
        LabelSelector labels =
                new LabelSelectorBuilder().addToMatchLabels("app", "once").build();
        Selection selection = Selection.managed(
                new JobBuilder()
                        .withNewMetadata()
                        .withUid("uid-1")
                        .endMetadata()
                        .build(),
                labels);
        assertThat(selection.labels()).isEqualTo(labels);
        assertThat(selection.owned().test(Pods.managed("once-x", "Job", "once", "uid-1")))
                .isTrue();
        assertThat(selection.owned().test(Pods.managed("twice-x", "Job", "twice", "uid-2")))
                .isFalse();
    }

    @Test
    void of_service_hasAllPodsThatItSelects() {
        ServiceBuilder service = new ServiceBuilder()
                .withNewSpec()
                .addToSelector("app", "cart")
                .addToSelector("tier", "front")
                .endSpec();
        Selection selection = Selection.of(service.build(), CART);
        assertThat(selection.labels().getMatchLabels()).isEqualTo(Map.of("app", "cart", "tier", "front"));
        assertThat(selection.owned().test(new PodView(Pods.running("stray").build())))
                .isTrue();
    }

    @Test
    void of_serviceWithoutSelector_saysWhatToNameInstead() {
        ServiceBuilder service = new ServiceBuilder().withNewSpec().endSpec();
        assertNotFound(
                service,
                "service shop/cart has no selector, so that its pods cannot be known;"
                        + " name them by their labels, or what manages them");
    }

    @Test
    void of_serviceOutsideOfTheCluster_saysWhereItIs() {
        ServiceBuilder service = new ServiceBuilder()
                .withNewSpec()
                .withType("ExternalName")
                .withExternalName("cart.example")
                .addToSelector("app", "cart")
                .endSpec();
        assertNotFound(
                service,
                "service shop/cart stands for cart.example, which is outside of the cluster (ExternalName);"
                        + " capture the pods that call it");
    }

    private static void assertNotFound(ServiceBuilder service, String message) {
        assertThatThrownBy(() -> Selection.of(service.build(), CART))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND));
    }
}
