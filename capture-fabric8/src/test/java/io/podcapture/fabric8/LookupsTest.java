package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LookupsTest {
    private final Lookups lookups = new Lookups();
    private final CountDownLatch asked = new CountDownLatch(1);

    @Test
    void end_whileNobodyAnswers_endsTheQuestionAndLetsNoneBegin() throws Exception {
        FutureTask<Boolean> asking = begin(() -> lookups.ask(this::neverAnswered));
        lookups.end();
        assertThat(asking.get()).as("interrupted afterwards").isFalse();
        assertThatThrownBy(() -> lookups.ask(() -> "pod")).isInstanceOf(CancellationException.class);
    }

    @Test
    void end_betweenQuestions_interruptsNobody() {
        lookups.ask(() -> "pod");
        lookups.end();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private FutureTask<Boolean> begin(Runnable question) throws InterruptedException {
        FutureTask<Boolean> asking = new FutureTask<>(() -> {
            assertThatThrownBy(question::run).isInstanceOf(IllegalStateException.class);
            return Thread.currentThread().isInterrupted();
        });
        new Thread(asking, "asking").start();
        asked.await();
        return asking;
    }

    /** Keeps the flag, as a client does. */
    private String neverAnswered() {
        asked.countDown();
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
