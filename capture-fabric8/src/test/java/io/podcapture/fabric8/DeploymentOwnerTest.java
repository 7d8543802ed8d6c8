package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(new DeploymentOwner("cart", name -> Optional.empty()).test(pod("ReplicaSet", "cart-5d4f")))
                .isFalse();
    }

    @Test
    void test_withoutTheRightToLook_goesByName() {
        DeploymentOwner owner = new DeploymentOwner("cart", name -> {
            throw new KubernetesClientException("no", 403, null);
        });
        assertThat(owner.test(pod("ReplicaSet", "cart-5d4f"))).isTrue();
        assertThat(owner.test(pod("ReplicaSet", "cart-canary-5d4f"))).isFalse();
    }

    private DeploymentOwner owner(String kind, String name) {
        return new DeploymentOwner("cart", replicaSet -> {
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
        return new PodView(Pods.running("cart-0")
                .editMetadata()
                .addNewOwnerReference()
                .withController(true)
                .withKind(ownerKind)
                .withName(ownerName)
                .withUid("uid-" + ownerName)
                .endOwnerReference()
                .endMetadata()
                .build());
    }
}
