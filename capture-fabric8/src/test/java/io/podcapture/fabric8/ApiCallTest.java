package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void read_unanswered_isAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        assertThat(call.<String>read(() -> answer(asked, 2, unanswered()))).isEqualTo("pod");
        assertThat(asked).hasValue(3);
    }

    @Test
    void read_neverAnswered_isGivenUp() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> call.read(() -> answer(asked, 9, unanswered())))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.STREAM_LOST));
        assertThat(asked).hasValue(3);
    }

    // What may pass has been asked again by the client already.
    @Test
    void read_refused_isNotAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        KubernetesClientException busy = new KubernetesClientException("try again", 429, null);
        assertThatThrownBy(() -> call.read(() -> answer(asked, 1, busy))).isInstanceOf(CaptureException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void ask_unanswered_isNotAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> call.ask(() -> answer(asked, 1, unanswered()))).isInstanceOf(CaptureException.class);
        assertThat(asked).hasValue(1);
    }

    private static String answer(AtomicInteger asked, int failures, KubernetesClientException failure) {
        if (asked.incrementAndGet() <= failures) {
            throw failure;
        }
        return "pod";
    }

    private static KubernetesClientException unanswered() {
        return new KubernetesClientException("An error has occurred.", new IOException(new TimeoutException()));
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
