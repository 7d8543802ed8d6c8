package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import org.junit.jupiter.api.Test;

class NamedTest {
    private final Named named = new Named("statefulset", "shop", "db");

    @Test
    void require_thatExists_isReturned() throws InterruptedException {
        assertThat(named.<String>require(() -> "it")).isEqualTo("it");
    }

    @Test
    void require_thatDoesNotExist_saysHowToListThoseThatDo() {
        assertThatThrownBy(() -> named.require(() -> null))
                .hasMessage("statefulset shop/db does not exist; kubectl get statefulsets -n shop lists those that do")
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND));
    }

    @Test
    void require_withoutTheRight_namesIt() {
        assertThatThrownBy(() -> named.require(() -> {
                    throw new KubernetesClientException("no", 403, null);
                }))
                .hasMessageContaining("needed is get on statefulsets");
    }
}
