package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.podcapture.CapturePoint;
import io.podcapture.spi.PointListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PodFollowerTest {
    private final FakePodSource source = new FakePodSource();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final PointListener listener = new PointListener() {
        @Override
        public void joined(CapturePoint point) {
            told.add("+" + point.id());
        }

        @Override
        public void gone(CapturePoint point, String reason) {
            told.add("-" + point.id() + " " + reason);
        }
    };

    private final PodFollower follower =
            new PodFollower(source, new PodMembers("", Optional.empty(), pod -> true), listener);

    @AfterEach
    void close() {
        follower.close();
        Awaitility.await().until(() -> source.openWatches() == 0 && nobodyFollows());
    }

    private static boolean nobodyFollows() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("podcapture-follow-"));
    }

    @Test
    void begin_podsThatRun_areToldBeforeItReturns() {
        source.hold(Pods.running("a").build(), Pods.inPhase("b", "Pending"), Pods.deleted("c"));
        follower.begin("demo");
        assertThat(drained()).containsExactly("+uid-a");
        Awaitility.await().untilAsserted(() -> assertThat(source.watchedFrom()).containsExactly("101"));
    }

    @Test
    void begin_whileNoWatchOpens_doesNotWaitForIt() throws InterruptedException {
        source.hold(Pods.running("a").build());
        source.delayWatches(true);
        follower.begin("demo");
        assertThat(next()).isEqualTo("+uid-a");
        source.delayWatches(false);
        source.tell(Action.DELETED, Pods.running("a").build());
        assertThat(next()).isEqualTo("-uid-a pod demo/a was deleted");
    }

    @Test
    void begin_whereItCannotBeToldWhosePodItIs_failsAndMayBeginAgain() throws InterruptedException {
        source.hold(Pods.running("a").build(), Pods.running("b").build());
        AtomicInteger asked = new AtomicInteger();
        Predicate<PodView> once = pod -> {
            if (asked.incrementAndGet() == 2) {
                throw new IllegalStateException("nobody answers");
            }
            return true;
        };
        try (PodFollower doubtful = new PodFollower(source, new PodMembers("", Optional.empty(), once), listener)) {
            assertThatThrownBy(() -> doubtful.begin("demo")).hasMessage("nobody answers");
            doubtful.begin("demo");
            assertThat(drained()).containsExactly("+uid-a", "+uid-b");
        }
    }

    @Test
    void watch_thatOpensWhenItWasGivenUp_tellsNobody() throws InterruptedException {
        source.hold(Pods.running("a").build());
        follower.begin("demo");
        assertThat(next()).isEqualTo("+uid-a");
        Watcher<Pod> old = source.watcher();
        source.endWatch();
        Awaitility.await("another watch").until(() -> source.watchedFrom().size() == 2);
        old.eventReceived(Action.ADDED, Pods.running("ghost").build());
        source.tell(Action.ADDED, Pods.running("b").build());
        assertThat(next()).isEqualTo("+uid-b");
    }

    @Test
    void begin_podThatStartsLater_joinsOnce() throws InterruptedException {
        follower.begin("demo");
        source.tell(Action.ADDED, Pods.inPhase("a", "Pending"));
        source.tell(Action.MODIFIED, Pods.running("a").build());
        source.tell(Action.MODIFIED, Pods.running("a").build());
        source.tell(Action.MODIFIED, Pods.deleted("a"));
        source.tell(Action.DELETED, Pods.deleted("a"));
        source.tell(Action.ADDED, Pods.running("b").build());
        assertThat(next()).isEqualTo("+uid-a");
        assertThat(next()).isEqualTo("-uid-a pod demo/a was deleted");
        assertThat(next()).isEqualTo("+uid-b");
    }

    @Test
    void begin_podThatIsDeletedAtOnce_isGone() throws InterruptedException {
        source.hold(Pods.running("a").build());
        follower.begin("demo");
        source.tell(Action.DELETED, Pods.running("a").build());
        assertThat(next()).isEqualTo("+uid-a");
        assertThat(next()).isEqualTo("-uid-a pod demo/a was deleted");
    }

    @Test
    void begin_podThatFails_isGoneWithItsPhase() throws InterruptedException {
        source.hold(Pods.running("a").build());
        follower.begin("demo");
        source.tell(Action.MODIFIED, Pods.inPhase("a", "Failed"));
        assertThat(next()).isEqualTo("+uid-a");
        assertThat(next()).isEqualTo("-uid-a pod demo/a ended with phase Failed");
    }

    @Test
    void watch_ended_isMadeUpForByANewList() throws InterruptedException {
        source.hold(Pods.running("a").build(), Pods.running("b").build());
        follower.begin("demo");
        source.hold(Pods.running("b").build(), Pods.running("c").build());
        source.endWatch();
        assertThat(List.of(next(), next())).containsExactly("+uid-a", "+uid-b");
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("+uid-c", "-uid-a pod demo/a was deleted");
        source.tell(Action.MODIFIED, Pods.deleted("c"));
        assertThat(next()).isEqualTo("-uid-c pod demo/c was deleted");
        assertThat(source.watchedFrom()).containsExactly("101", "102");
        assertThat(source.openWatches()).isEqualTo(1);
    }

    @Test
    void watch_forbidden_leavesTheList() {
        source.hold(Pods.running("a").build());
        source.refuseWatches(403);
        follower.begin("demo");
        assertThat(drained()).containsExactly("+uid-a");
    }

    @Test
    void close_whileNoWatchOpens_endsItsThread() {
        source.delayWatches(true);
        follower.begin("demo");
        Awaitility.await("a watch is asked for").until(source::isWatchAwaited);
    }

    @Test
    void watch_answeredAfterTheClose_isClosed() {
        source.delayWatches(true);
        follower.begin("demo");
        Awaitility.await("a watch is asked for").until(source::isWatchAwaited);
        follower.close();
        Awaitility.await("it waits for no answer").until(PodFollowerTest::nobodyFollows);
        source.delayWatches(false);
        Awaitility.await("the watch opens").until(() -> !source.watchedFrom().isEmpty());
    }

    @Test
    void close_whileNobodyAnswersAList_endsItsThread() {
        follower.begin("demo");
        source.delayLists(true);
        source.endWatch();
        Awaitility.await("a list is asked for").until(source::isListAwaited);
    }

    @Test
    void close_whileNobodyAnswersWhoOwnsAPod_endsItsThread() {
        CountDownLatch asked = new CountDownLatch(1);
        source.hold();
        try (PodFollower other = new PodFollower(
                source,
                new PodMembers("", Optional.empty(), pod -> {
                    asked.countDown();
                    return neverAnswered();
                }),
                new PointListener() {
                    @Override
                    public void joined(CapturePoint point) {}

                    @Override
                    public void gone(CapturePoint point, String reason) {}
                })) {
            other.begin("demo");
            source.tell(Action.ADDED, Pods.running("a").build());
            Awaitility.await("it is asked for").until(() -> asked.getCount() == 0);
        }
    }

    private static boolean neverAnswered() {
        try {
            new CountDownLatch(1).await();
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    private List<String> drained() {
        List<String> all = new ArrayList<>();
        told.drainTo(all);
        return all;
    }
}
