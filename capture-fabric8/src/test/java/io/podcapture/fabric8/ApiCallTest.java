package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ApiCallTest {
    private final ApiCall call = new ApiCall("create", "pods", "pod demo/x");

    @Test
    void change_interrupted_endsAfterTheServerDidIt() {
        AtomicBoolean made = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> call.change(() -> {
                    caller.interrupt();
                    // The server does it while the caller waits for its end.
                    Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
                    made.set(true);
                    return "pod";
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(made).isTrue();
    }

    @Test
    void change_refused_saysWhatAndWhy() {
        assertThatThrownBy(() -> call.change(() -> {
                    throw new KubernetesClientException("eve cannot create resource \"pods\"", 403, null);
                }))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.FORBIDDEN))
                .hasMessageContaining("create pods of pod demo/x");
    }

    @Test
    void change_made_givesTheAnswer() throws Exception {
        assertThat(call.<String>change(() -> "pod")).isEqualTo("pod");
    }

    // An error of ours is not hidden behind another.
    @Test
    void change_unexpected_isThrownAsItIs() {
        IllegalStateException broken = new IllegalStateException("broken");
        assertThatThrownBy(() -> call.change(() -> {
                    throw broken;
                }))
                .isSameAs(broken);
    }
}
