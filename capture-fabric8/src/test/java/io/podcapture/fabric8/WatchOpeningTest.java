package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchOpeningTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();
    private final Watch watch = closed::incrementAndGet;

    @Test
    void open_answered_isTheWatch() {
        WatchOpening opening = new WatchOpening(LONG, LONG, LONG);
        assertThat(opening.open(() -> watch)).isSameAs(watch);
        assertThat(opening.isUnanswered()).isFalse();
        assertThat(closed).hasValue(0);
    }

    @Test
    void open_refused_throwsWhatTheClientSays() {
        WatchOpening opening = new WatchOpening(LONG, LONG, LONG);
        KubernetesClientException refusal = new KubernetesClientException("forbidden", 403, null);
        assertThatThrownBy(() -> opening.open(() -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(opening.isUnanswered()).isFalse();
    }

    @Test
    void open_answeredAfterTheLimit_isClosedAtOnce() {
        WatchOpening opening = new WatchOpening(SHORT, LONG, LONG);
        assertThatThrownBy(() -> opening.open(this::late)).isInstanceOf(CancellationException.class);
        assertThat(opening.isUnanswered()).isTrue();
        answered.countDown();
        Awaitility.await("it is closed").until(() -> closed.get() == 1);
        assertThat(opening.isUnanswered()).isFalse();
    }

    @Test
    void open_anotherAfterALongTime_takesTheFirstBack() throws Exception {
        WatchOpening opening = new WatchOpening(SHORT, LONG, Duration.ZERO);
        assertThatThrownBy(() -> opening.open(this::late)).isInstanceOf(CancellationException.class);
        assertThat(opening.isUnanswered()).isFalse();
        // In a millisecond it may be answered, or not.
        catchThrowable(() -> opening.open(() -> watch));
        interrupted.await();
    }

    @Test
    void open_interrupted_keepsTheInterruptAndClosesWhatComes() throws Exception {
        WatchOpening opening = new WatchOpening(LONG, LONG, LONG);
        FutureTask<Boolean> open = begun(opening);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("opening"))
                .forEach(Thread::interrupt);
        assertThat(open.get()).as("the interrupt is kept").isTrue();
        answered.countDown();
        Awaitility.await("it is closed").until(() -> closed.get() == 1);
    }

    @Test
    void end_whileItOpens_endsTheWaitAndClosesWhatComes() throws Exception {
        WatchOpening opening = new WatchOpening(LONG, LONG, LONG);
        FutureTask<Boolean> open = begun(opening);
        opening.end();
        assertThat(open.get()).as("interrupted").isFalse();
        assertThatThrownBy(() -> opening.open(() -> watch)).isInstanceOf(CancellationException.class);
        answered.countDown();
        Awaitility.await("it is closed").until(() -> closed.get() == 1);
    }

    @Test
    void end_whatIsNotAnsweredInTime_leavesNoThread() throws Exception {
        WatchOpening opening = new WatchOpening(LONG, SHORT, LONG);
        FutureTask<Boolean> open = begun(opening);
        opening.end();
        open.get();
        interrupted.await();
    }

    // Returns whether its thread was interrupted afterwards.
    private FutureTask<Boolean> begun(WatchOpening opening) throws InterruptedException {
        FutureTask<Boolean> open = new FutureTask<>(() -> {
            assertThatThrownBy(() -> opening.open(this::late)).isInstanceOf(CancellationException.class);
            return Thread.currentThread().isInterrupted();
        });
        new Thread(open, "opening").start();
        asked.await();
        return open;
    }

    private Watch late() {
        asked.countDown();
        try {
            answered.await();
            return watch;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IllegalStateException(e);
        }
    }
}
