package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentOwnerTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void test_podOfItsReplicaSet_belongs() {
        assertThat(owner("Deployment", "cart").test(pod("ReplicaSet", "cart-5d4f")))
                .isTrue();
    }

    @Test
    void test_podOfAnotherDeployment_doesNot() {
        assertThat(owner("Deployment", "cart-canary").test(pod("ReplicaSet", "cart-5d4f")))
                .isFalse();
    }

    @Test
    void test_podWithEqualLabelsAndNoOwner_doesNot() {
        assertThat(owner("Deployment", "cart")
                        .test(new PodView(Pods.running("stray").build())))
                .isFalse();
        assertThat(owner("Deployment", "cart").test(pod("StatefulSet", "cart"))).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void test_sameReplicaSetTwice_isAskedOnce() {
        DeploymentOwner owner = owner("Deployment", "cart");
        owner.test(pod("ReplicaSet", "cart-5d4f"));
        owner.test(pod("ReplicaSet", "cart-5d4f"));
        assertThat(asked).containsExactly("cart-5d4f");
    }

    @Test
    void test_replicaSetIsGone_doesNot() {
        assertThat(DeploymentOwner.deployment("cart", name -> Optional.empty()).test(pod("ReplicaSet", "cart-5d4f")))
                .isFalse();
    }

    @Test
    void test_withoutTheRightToLook_goesByName() {
        DeploymentOwner owner = DeploymentOwner.deployment("cart", name -> {
            throw new KubernetesClientException("no", 403, null);
        });
        assertThat(owner.test(pod("ReplicaSet", "cart-5d4f"))).isTrue();
        assertThat(owner.test(pod("ReplicaSet", "cart-canary-5d4f"))).isFalse();
    }

    @Test
    void config_podOfItsReplicationController_belongs() {
        PodView pod = pod("ReplicationController", "cart-3");
        assertThat(config(replicas("DeploymentConfig", "cart").build()).test(pod))
                .isTrue();
        assertThat(config(annotated("cart").build()).test(pod)).isTrue();
    }

    @Test
    void config_podOfOthers_doesNot() {
        PodView pod = pod("ReplicationController", "cart-3");
        assertThat(config(replicas("DeploymentConfig", "cart-canary").build()).test(pod))
                .isFalse();
        assertThat(config(replicas("Deployment", "cart").build()).test(pod)).isFalse();
        assertThat(config(annotated("cart-canary").build()).test(pod)).isFalse();
        assertThat(config(annotated("cart").build()).test(pod("ReplicaSet", "cart-3")))
                .isFalse();
    }

    @Test
    void config_annotationOfWhatAnotherManages_doesNotCount() {
        ReplicationController foreign = replicas("Other", "x")
                .editMetadata()
                .addToAnnotations("openshift.io/deployment-config.name", "cart")
                .endMetadata()
                .build();
        assertThat(config(foreign).test(pod("ReplicationController", "cart-3"))).isFalse();
    }

    @Test
    void config_withoutTheRightToLook_goesByName() {
        DeploymentOwner owner = DeploymentOwner.config("cart", name -> {
            throw new KubernetesClientException("no", 403, null);
        });
        assertThat(owner.test(pod("ReplicationController", "cart-3"))).isTrue();
        assertThat(owner.test(pod("ReplicationController", "cart-canary-3"))).isFalse();
    }

    private DeploymentOwner owner(String kind, String name) {
        return DeploymentOwner.deployment("cart", replicaSet -> {
            asked.add(replicaSet);
            ReplicaSet found = new ReplicaSetBuilder()
                    .withNewMetadata()
                    .withName(replicaSet)
                    .addNewOwnerReference()
                    .withController(true)
                    .withKind(kind)
                    .withName(name)
                    .endOwnerReference()
                    .endMetadata()
                    .build();
            return Optional.of(found);
        });
    }

    private static PodView pod(String ownerKind, String ownerName) {
        return Pods.managed("cart-0", ownerKind, ownerName, "uid-" + ownerName);
    }

    private static DeploymentOwner config(ReplicationController found) {
        return DeploymentOwner.config("cart", name -> Optional.of(found));
    }

    private static ReplicationControllerBuilder replicas(String ownerKind, String ownerName) {
        return new ReplicationControllerBuilder()
                .withNewMetadata()
                .addNewOwnerReference()
                .withController(true)
                .withKind(ownerKind)
                .withName(ownerName)
                .endOwnerReference()
                .endMetadata();
    }

    private static ReplicationControllerBuilder annotated(String name) {
        return new ReplicationControllerBuilder()
                .withNewMetadata()
                .addToAnnotations("openshift.io/deployment-config.name", name)
                .endMetadata();
    }
}
