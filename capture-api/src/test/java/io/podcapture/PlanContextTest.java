package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.spi.Assessment;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What methods are offered while a plan asks them. */
class PlanContextTest extends SessionFixture {
    private final ScriptedMethod one = tidy("one");
    private final ScriptedMethod two = tidy("two");

    @Test
    void plan_depth_isToldToTheMethods() {
        one.answer = (request, depth, context) -> note(depth.name());
        on("a", one).plan();
        on("a", one).plan(PlanDepth.PROBE);
        assertThat(diary).containsExactly("READ", "PROBE");
    }

    @Test
    void shared_byAllMethodsAndPoints_isMadeOnce() {
        AtomicInteger made = new AtomicInteger();
        one.answer = (request, depth, context) -> note(shared(context, made));
        two.answer = one.answer;
        on("a,b,c", one, two).plan();
        assertThat(diary).hasSize(6).containsOnly("answer 1");
    }

    @Test
    void shared_ofAnotherPlan_isMadeAnew() {
        AtomicInteger made = new AtomicInteger();
        one.answer = (request, depth, context) -> note(shared(context, made));
        CaptureSession.Builder builder = on("a", one);
        builder.plan();
        builder.plan();
        assertThat(diary).containsExactly("answer 1", "answer 2");
    }

    @Test
    void shared_thatNeedsACleanup_isRefused() {
        one.answer = (request, depth, context) -> {
            context.shared("key", String.class, scope -> {
                scope.onCleanup("pod helper-1", () -> diary.add("cleaned"));
                return "made";
            });
            return Assessment.builder().passed("made it").build();
        };
        assertThat(on("a", one).plan().points().get(0).methods())
                .singleElement()
                .satisfies(method -> {
                    assertThat(method.usability()).isEqualTo(Usability.UNCERTAIN);
                    assertThat(method.sentence()).contains("an assessment made something: pod helper-1");
                });
        assertThat(diary).isEmpty();
    }

    @Test
    void captures_ofPoints_areThoseOfAllTargets() {
        one.answer = (request, depth, context) -> note(context.captures(point -> true) + " "
                + context.captures(point -> point.name().equals("a")));
        on("a,b", one).target(Targets.of("machine", "", "c")).plan();
        assertThat(diary).hasSize(3).containsOnly("3 1");
    }

    @Test
    void remaining_whileTimePasses_isWhatTheStartWouldHave() {
        one.answer = (request, depth, context) -> {
            timers.advance(Duration.ofSeconds(30));
            return note(context.remaining().toString());
        };
        on("a", one, one).startTimeout(Duration.ofSeconds(45)).plan();
        assertThat(diary).containsExactly("PT15S", "PT0S");
    }

    @Test
    void sessionId_ofPlan_isOneOfItsOwn() {
        one.answer = (request, depth, context) -> note(context.sessionId());
        CaptureSession.Builder builder = on("a,b", one);
        builder.plan();
        assertThat(diary).hasSize(2).allMatch(id -> id.matches("[a-z0-9]{10}"));
        assertThat(diary.get(0)).isEqualTo(diary.get(1));
        builder.plan();
        assertThat(diary.get(2)).isNotEqualTo(diary.get(0));
    }

    @Test
    void plan_interrupted_isCancelledAndKeepsTheInterrupt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<String> ending = new CompletableFuture<>();
        one.answer = (request, depth, context) -> {
            asked.countDown();
            return never(ending);
        };
        CompletableFuture<CaptureException> thrown = new CompletableFuture<>();
        CompletableFuture<Boolean> keptInterrupt = new CompletableFuture<>();
        CaptureSession.Builder builder = on("a", one);
        Thread planner = new Thread(() -> {
            thrown.complete(catchThrowableOfType(CaptureException.class, builder::plan));
            keptInterrupt.complete(Thread.currentThread().isInterrupted());
        });
        planner.start();
        asked.await();
        planner.interrupt();
        assertThat(get(thrown)).returns(FailureReason.CANCELLED, CaptureException::reason);
        assertThat(get(keptInterrupt)).isTrue();
        assertThat(get(ending)).isEqualTo("interrupted");
    }

    @Test
    void plan_oneTargetFails_interruptsTheLooksAtTheOthers() throws Exception {
        CompletableFuture<String> ending = new CompletableFuture<>();
        CountDownLatch looked = new CountDownLatch(1);
        points.looked = target -> {
            if (target.name().orElseThrow().equals("b")) {
                looked.countDown();
                try {
                    never(ending);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            await(looked);
            throw new CaptureException(FailureReason.FORBIDDEN, "you may not");
        };
        CaptureSession.Builder builder = on("a", one).target(Targets.of("machine", "", "b"));
        assertThat(catchThrowableOfType(CaptureException.class, builder::plan))
                .returns(FailureReason.FORBIDDEN, CaptureException::reason);
        assertThat(get(ending)).isEqualTo("interrupted");
    }

    private Assessment note(String line) {
        diary.add(line);
        return Assessment.untold();
    }

    private static String shared(MethodContext context, AtomicInteger made) throws IOException, InterruptedException {
        return context.shared("key", String.class, scope -> "answer " + made.incrementAndGet());
    }

    private static Assessment never(CompletableFuture<String> ending) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        } catch (InterruptedException e) {
            ending.complete("interrupted");
            throw e;
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
