package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.spi.Assessment;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Later methods of a choice are asked what would become of them, beside the start of the first. */
class CaptureSessionAskedTest extends SessionFixture {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ScriptedMethod first = ScriptedMethod.failing("first", points, FailureReason.TOOL_MISSING);
    private final ScriptedMethod second = started("second");
    private final ScriptedMethod third = started("third");

    @Test
    void start_laterOneIsRefused_isPassedOverWithoutAStart() throws Exception {
        second.answer = refused(FailureReason.FORBIDDEN, "you may not create pods");
        try (CaptureSession session = on("a", first, second, third).start()) {
            assertThat(diary).containsExactly("third started");
            assertThat(session.stop().points()).singleElement().satisfies(point -> {
                assertThat(point.method()).hasValue("third");
                assertThat(point.passedOver())
                        .containsExactly(
                                "first: cannot capture on a by first: first says no",
                                "second: cannot capture on a by second: you may not create pods");
            });
        }
    }

    @Test
    void start_allLaterOnesAreRefused_saysWhyForEach() throws Exception {
        second.answer = refused(FailureReason.FORBIDDEN, "you may not create pods");
        third.answer = refused(FailureReason.POLICY_DENIED, "no privileged pods here");
        assertThat(failure(on("a", first, second, third)))
                .returns(FailureReason.NO_USABLE_METHOD, CaptureException::reason)
                .hasMessage("no method works on a:\n  cannot capture on a by first: first says no"
                        + "\n  cannot capture on a by second: you may not create pods"
                        + "\n  cannot capture on a by third: no privileged pods here");
        assertThat(diary).isEmpty();
        assertNoFiles();
    }

    @Test
    void start_refusalThatHoldsForAll_triesNoOther() {
        second.answer = refused(FailureReason.TARGET_NOT_FOUND, "it is gone");
        assertThat(failure(on("a", first, second, third)))
                .returns(FailureReason.TARGET_NOT_FOUND, CaptureException::reason)
                .hasMessage("cannot capture on a by second: it is gone");
        assertThat(diary).isEmpty();
    }

    @Test
    void start_theFirstWouldRefuse_isNotAskedButStarted() {
        ScriptedMethod works = started("works");
        works.answer = refused(FailureReason.FORBIDDEN, "no");
        try (CaptureSession session = on("a", works, second).start()) {
            assertThat(diary).containsExactly("works started");
            session.stop();
        }
    }

    @Test
    void start_oneMethod_isAskedNothing() {
        second.answer = (request, depth, context) -> {
            diary.add("asked");
            return Assessment.untold();
        };
        on("a", second).start().close();
        assertThat(diary).containsExactly("second started");
    }

    @Test
    void start_laterOneCannotBeAsked_isTried() {
        second.answer = (request, depth, context) -> {
            throw new IOException("no route");
        };
        on("a", first, second).start().close();
        assertThat(diary).containsExactly("second started");
    }

    @Test
    void start_laterOneIsUncertain_isTried() {
        second.answer = (request, depth, context) -> {
            diary.add(depth + " of " + request.point() + " by " + context.captures(point -> true));
            return Assessment.builder().unknown("is there a shell?").build();
        };
        on("a", first, second).start().close();
        assertThat(diary).containsExactly("READ of a by 1", "second started");
    }

    @Test
    void start_laterOneMakesSomethingWhenAsked_isUndoneAtOnce() {
        second.answer = (request, depth, context) -> {
            context.onCleanup("pod helper-1", () -> diary.add("cleaned"));
            return Assessment.untold();
        };
        on("a", first, second).start().close();
        assertThat(diary).containsExactly("cleaned", "second started");
    }

    @Test
    void start_laterOneNeverAnswers_isTriedAfterAWhile() throws Exception {
        second.answer = (request, depth, context) -> never();
        CompletableFuture<CaptureSession> start = on("a", first, second).build().startAsync();
        asked.await();
        timers.awaitPending(1);
        timers.advance(Duration.ofSeconds(5));
        get(start).close();
        assertThat(diary).containsExactly("second started", "asked in vain");
    }

    @Test
    void start_theFirstWorks_waitsForNoAnswerAndTheEndEndsTheQuestion() throws Exception {
        second.answer = (request, depth, context) -> never();
        try (CaptureSession session = on("a", started("works"), second).start()) {
            asked.await();
            assertThat(diary).containsExactly("works started");
            session.stop();
            assertThat(diary).containsExactly("works started", "asked in vain");
        }
    }

    @Test
    void start_fails_hasEndedTheQuestionsBefore() {
        second.answer = (request, depth, context) -> never();
        ScriptedMethod bad = new ScriptedMethod("bad", points, (request, sink, context) -> {
            asked.await();
            throw new CaptureException(FailureReason.FILTER_REJECTED, "syntax error");
        });
        assertThat(failure(on("a", bad, second))).returns(FailureReason.FILTER_REJECTED, CaptureException::reason);
        assertThat(diary).containsExactly("asked in vain");
    }

    @Test
    void close_whileAnAnswerIsAwaited_cancelsTheStart() throws Exception {
        second.answer = (request, depth, context) -> never();
        CaptureSession session = on("a", first, second).build();
        CompletableFuture<CaptureSession> start = session.startAsync();
        asked.await();
        session.close();
        Throwable thrown = get(start.handle((started, failure) -> failure));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.CANCELLED));
        assertThat(diary).containsExactly("asked in vain");
        assertNoFiles();
    }

    private ScriptedMethod started(String name) {
        return new ScriptedMethod(name, points, (request, sink, context) -> {
            diary.add(name + " started");
            return MemoryCapture.begun(sink);
        });
    }

    private static ScriptedMethod.Answer refused(FailureReason reason, String sentence) {
        return (request, depth, context) ->
                Assessment.builder().refused(reason, sentence).build();
    }

    // It takes a moment to end: who does not wait for it misses its line.
    private Assessment never() throws InterruptedException {
        asked.countDown();
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        } catch (InterruptedException e) {
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            diary.add("asked in vain");
            throw e;
        }
    }

    private static CaptureException failure(CaptureSession.Builder builder) {
        return catchThrowableOfType(CaptureException.class, builder::start);
    }
}
