package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;

class ControllerOwnerTest {
    private final ControllerOwner owner = ControllerOwner.of(new StatefulSetBuilder()
            .withNewMetadata()
            .withName("db")
            .withUid("uid-1")
            .endMetadata()
            .build());

    @Test
    void test_podThatItManages_belongs() {
        assertThat(owner.test(Pods.managed("db-0", "StatefulSet", "db", "uid-1")))
                .isTrue();
    }

    @Test
    void test_podWithEqualLabelsAndNoOwner_doesNot() {
        assertThat(owner.test(new PodView(Pods.running("db-0").build()))).isFalse();
    }

    @Test
    void test_podOfAnotherKindOrAnOlderOneOfThatName_doesNot() {
        assertThat(owner.test(Pods.managed("db-0", "ReplicaSet", "db", "uid-1")))
                .isFalse();
        assertThat(owner.test(Pods.managed("db-0", "StatefulSet", "db", "uid-0")))
                .isFalse();
    }

    @Test
    void test_podOwnedButNotManaged_doesNot() {
        PodView pod = new PodView(Pods.running("db-0")
                .editMetadata()
                .addNewOwnerReference()
                .withKind("StatefulSet")
                .withName("db")
                .withUid("uid-1")
                .endOwnerReference()
                .endMetadata()
                .build());
        assertThat(owner.test(pod)).isFalse();
    }
}
