package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.spi.Ending;
import io.podcapture.spi.PcapBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CaptureSessionStartTest extends SessionFixture {
    @Test
    void start_oneFailsWithFailAll_undoesTheOthersAndThrowsTheFirst() throws Exception {
        CountDownLatch othersBegun = new CountDownLatch(2);
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            String name = request.point().name();
            context.onCleanup(name, () -> diary.add("cleaned " + name));
            if (name.equals("a")) {
                MemoryCapture begun = MemoryCapture.begun(sink);
                // Not before: an interrupt while it writes its header would be a failure of its own.
                othersBegun.countDown();
                return begun;
            }
            if (name.equals("c")) {
                othersBegun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new CaptureException(FailureReason.FORBIDDEN, "c may not", e);
                }
            }
            othersBegun.await();
            throw new CaptureException(FailureReason.FILTER_REJECTED, "b says no");
        });
        CaptureException thrown = failure(on("a,b,c", method));
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(thrown).hasMessage("cannot capture on b by one: b says no");
        assertThat(thrown.getSuppressed())
                .singleElement()
                .satisfies(other -> assertThat(other).hasMessageContaining("c may not"));
        assertThat(diary).containsExactlyInAnyOrder("cleaned a", "cleaned b", "cleaned c");
        assertThat(method.capture("a").closed).isDone();
        assertNoFiles();
    }

    @Test
    void start_executorRefusesOneOfSeveralWithGoOn_keepsTheRest() throws Exception {
        Executor threads = new DaemonThreads("test");
        // The search for the points, and the start of the first.
        AtomicInteger left = new AtomicInteger(2);
        AtomicBoolean started = new AtomicBoolean();
        Executor small = task -> {
            if (!started.get() && left.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("full");
            }
            threads.execute(task);
        };
        ScriptedMethod method = tidy("one");
        try (CaptureSession session = on("a,b", method)
                .executor(small)
                .onStartFailure(StartFailurePolicy.GO_ON)
                .start()) {
            started.set(true);
            method.capture("a").send(3);
            CaptureResult result = session.stop();
            assertThat(result.points())
                    .extracting(PointResult::outcome)
                    .containsExactly(Outcome.COMPLETE, Outcome.FAILED);
            assertThat(result.points().get(1).explanation()).contains("refused a task");
        }
    }

    @Test
    void startAsync_executorRefuses_isAFailedStage() {
        CaptureSession session = on("a", tidy("one"))
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .build();
        assertThat(session.startAsync())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(CaptureException.class)
                .withMessageContaining("refused a task");
    }

    @Test
    void start_executorRefusesOneOfSeveral_undoesTheOthers() throws Exception {
        Executor threads = new DaemonThreads("test");
        // The search for the points, and the start of the first.
        AtomicInteger left = new AtomicInteger(2);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        Executor small = task -> {
            if (left.getAndDecrement() <= 0) {
                begun.join();
                throw new RejectedExecutionException("full");
            }
            threads.execute(task);
        };
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            context.onCleanup("a", () -> diary.add("cleaned a"));
            begun.complete(null);
            new CountDownLatch(1).await();
            return MemoryCapture.begun(sink);
        });
        assertThat(failure(on("a,b", method).executor(small)))
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessage("cannot start: the session's executor refused a task:"
                        + " java.util.concurrent.RejectedExecutionException: full");
        assertThat(diary).containsExactly("cleaned a");
        assertNoFiles();
    }

    @Test
    void start_oneFailsWithGoOn_keepsTheRest() throws Exception {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            if (request.point().name().equals("b")) {
                throw new CaptureException(FailureReason.FORBIDDEN, "b may not");
            }
            return MemoryCapture.begun(sink);
        });
        try (CaptureSession session =
                on("a,b", method).onStartFailure(StartFailurePolicy.GO_ON).start()) {
            method.capture("a").send(3);
            CaptureResult result = session.stop();
            assertThat(result.points())
                    .extracting(PointResult::outcome)
                    .containsExactly(Outcome.COMPLETE, Outcome.FAILED);
            assertThat(result.points().get(1).reason()).hasValue(FailureReason.FORBIDDEN);
            assertThat(result.points().get(1).explanation()).contains("b may not");
            assertThat(result.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(packets(result)).isEqualTo(3);
        }
    }

    @Test
    void start_allFailWithGoOn_throwsWithEachReason() throws Exception {
        CaptureException thrown = failure(on("a,b", ScriptedMethod.failing("one", points, FailureReason.FORBIDDEN))
                .onStartFailure(StartFailurePolicy.GO_ON));
        assertThat(thrown.reason()).isEqualTo(FailureReason.NO_USABLE_METHOD);
        assertThat(thrown).hasMessageContaining("cannot capture on a").hasMessageContaining("cannot capture on b");
        assertNoFiles();
    }

    @Test
    void start_firstMethodFails_takesTheNextAfterCleaningUp() throws Exception {
        ScriptedMethod first = new ScriptedMethod("first", points, (request, sink, context) -> {
            context.onCleanup("helper", () -> diary.add("cleaned helper"));
            throw new CaptureException(FailureReason.TOOL_MISSING, "there is no tcpdump");
        });
        ScriptedMethod second = new ScriptedMethod("second", points, (request, sink, context) -> {
            diary.add("second");
            return MemoryCapture.begun(sink);
        });
        try (CaptureSession session = on("a", first, second).start()) {
            assertThat(diary).containsExactly("cleaned helper", "second");
            assertThat(session.stop().points()).singleElement().satisfies(point -> {
                assertThat(point.method()).hasValue("second");
                assertThat(point.passedOver())
                        .containsExactly("first: cannot capture on a by first: there is no tcpdump");
            });
        }
    }

    @Test
    void start_targetOfAnotherSort_takesTheNextMethod() {
        try (CaptureSession session = on(
                        "a", ScriptedMethod.failing("first", points, FailureReason.UNSUPPORTED), tidy("second"))
                .start()) {
            assertThat(session.stop().points())
                    .singleElement()
                    .satisfies(point -> assertThat(point.method()).hasValue("second"));
        }
    }

    @Test
    void start_allMethodsFailDifferently_saysWhyForEach() {
        CaptureException thrown = failure(on(
                "a",
                ScriptedMethod.failing("first", points, FailureReason.TOOL_MISSING),
                ScriptedMethod.failing("second", points, FailureReason.FORBIDDEN)));
        assertThat(thrown.reason()).isEqualTo(FailureReason.NO_USABLE_METHOD);
        assertThat(thrown)
                .hasMessage("no method works on a:\n  cannot capture on a by first: first says no"
                        + "\n  cannot capture on a by second: second says no");
    }

    @Test
    void start_otherMethodsAreNotForTheTarget_keepsTheReasonOfTheOneThatIs() {
        CaptureException thrown = failure(on(
                "a",
                ScriptedMethod.failing("first", points, FailureReason.UNSUPPORTED),
                ScriptedMethod.failing("second", points, FailureReason.FORBIDDEN)));
        assertThat(thrown.reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(thrown)
                .hasMessage("cannot capture on a by second: second says no")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void start_methodsFailDifferently_leavesOutThoseThatAreNotForTheTarget() {
        CaptureException thrown = failure(on(
                "a",
                ScriptedMethod.failing("first", points, FailureReason.TOOL_MISSING),
                ScriptedMethod.failing("second", points, FailureReason.UNSUPPORTED),
                ScriptedMethod.failing("third", points, FailureReason.FORBIDDEN)));
        assertThat(thrown.reason()).isEqualTo(FailureReason.NO_USABLE_METHOD);
        assertThat(thrown)
                .hasMessage("no method works on a:\n  cannot capture on a by first: first says no"
                        + "\n  cannot capture on a by third: third says no");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .anyMatch(it -> it.contains("second says no"));
    }

    @Test
    void start_allMethodsFailAlike_keepsTheReason() {
        CaptureException thrown = failure(on(
                "a",
                ScriptedMethod.failing("first", points, FailureReason.FORBIDDEN),
                ScriptedMethod.failing("second", points, FailureReason.FORBIDDEN)));
        assertThat(thrown.reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void start_filterRejected_triesNoOtherMethod() {
        CaptureException thrown = failure(
                on("a", ScriptedMethod.failing("first", points, FailureReason.FILTER_REJECTED), tidy("second")));
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(diary).isEmpty();
    }

    @Test
    void start_endsBeforeTheHeader_failsAtOnce() throws Exception {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            MemoryCapture capture = new MemoryCapture(sink);
            capture.ended.complete(Ending.cut(FailureReason.STREAM_LOST, "it broke"));
            return capture;
        });
        CaptureException thrown = failure(on("a", method));
        assertThat(thrown.reason()).isEqualTo(FailureReason.STREAM_LOST);
        assertThat(thrown).hasMessageContaining("it ended before it was ready: it broke");
        assertNoFiles();
    }

    @Test
    void start_headerArrivesLater_isWaitedFor() throws Exception {
        CompletableFuture<MemoryCapture> begun = new CompletableFuture<>();
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            MemoryCapture capture = new MemoryCapture(sink);
            begun.complete(capture);
            return capture;
        });
        CompletableFuture<CaptureSession> start = on("a", method).build().startAsync();
        byte[] header = PcapBytes.ethernet().array();
        MemoryCapture capture = get(begun);
        capture.write(Arrays.copyOf(header, 23));
        assertThat(start).isNotDone();
        capture.write(header[23]);
        get(start).close();
    }

    @Test
    void start_ioException_isStreamLost() {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            throw new IOException("no route");
        });
        CaptureException thrown = failure(on("a", method));
        assertThat(thrown.reason()).isEqualTo(FailureReason.STREAM_LOST);
        assertThat(thrown).hasMessageContaining("no route").hasMessageContaining("on a by one");
    }

    @Test
    void start_bugInMethod_isUndoneAndTold() throws Exception {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            context.onCleanup("helper", () -> diary.add("cleaned"));
            throw new IllegalArgumentException("a bug");
        });
        CaptureException thrown = failure(on("a", method));
        assertThat(thrown).hasMessageContaining("a bug").hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(diary).containsExactly("cleaned");
        assertNoFiles();
    }

    @Test
    void start_cleanupOfFailedStartFails_isSuppressedUnderTheFailure() {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            context.onCleanup("pod tools/helper-1", () -> {
                throw new IOException("409");
            });
            throw new CaptureException(FailureReason.FORBIDDEN, "no");
        });
        assertThat(failure(on("a", method)).getSuppressed())
                .singleElement()
                .satisfies(left -> assertThat(left)
                        .hasMessageContaining("pod tools/helper-1")
                        .hasMessageContaining("409"));
    }

    @Test
    void start_timeIsUp_interruptsTheMethodAndUndoes() throws Exception {
        CaptureException thrown = failure(on("a", hanging()).startTimeout(Duration.ofMillis(300)));
        assertThat(thrown.reason()).isEqualTo(FailureReason.START_TIMEOUT);
        assertThat(thrown).hasMessageContaining("waiting for the image");
        assertThat(diary).containsExactly("begun", "interrupted", "cleaned");
        assertNoFiles();
    }

    @Test
    void close_whileStarting_cancelsAndUndoes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CaptureSession session = on("a", hanging(begun)).build();
        CompletableFuture<CaptureSession> start = session.startAsync();
        begun.await();
        session.close();
        Throwable thrown = start.handle((value, failure) -> failure).get();
        assertThat(thrown instanceof CompletionException ? thrown.getCause() : thrown)
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.CANCELLED));
        assertThat(diary).containsExactly("begun", "interrupted", "cleaned");
        assertNoFiles();
    }

    @Test
    void start_nothingRuns_isTargetNotFound() {
        CaptureException thrown = failure(on("none", tidy("one")));
        assertThat(thrown.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
        assertThat(thrown).hasMessageContaining("machine none");
    }

    @Test
    void start_nothingRunsAndThatIsAllowed_endsWithoutFile() throws Exception {
        try (CaptureSession session = on("none", tidy("one")).allowEmpty().start()) {
            assertThat(ended(session).file()).isEmpty();
            assertThat(session.stop().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    private ScriptedMethod hanging() {
        return hanging(new CountDownLatch(1));
    }

    private ScriptedMethod hanging(CountDownLatch begun) {
        return new ScriptedMethod("one", points, (request, sink, context) -> {
            context.onCleanup("helper", () -> diary.add("cleaned"));
            context.diagnostic("waiting for the image");
            diary.add("begun");
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
                diary.add("interrupted");
                throw e;
            }
        });
    }

    private static CaptureException failure(CaptureSession.Builder builder) {
        return catchThrowableOfType(CaptureException.class, builder::start);
    }
}
