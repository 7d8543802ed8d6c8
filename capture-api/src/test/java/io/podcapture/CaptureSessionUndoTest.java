package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A start that is given up is undone in full, and whoever waits for the session is told. */
class CaptureSessionUndoTest extends SessionFixture {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch aBegun = new CountDownLatch(1);

    @Test
    void start_interrupted_runsCleanupsThatBlock() throws Exception {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            context.onCleanup("helper", () -> {
                new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
                diary.add("cleaned");
            });
            aBegun.countDown();
            return MemoryCapture.begun(sink);
        });
        ScriptedMethod hanging = hanging();
        CaptureSession session = CaptureSession.builder()
                .target(Targets.of("machine", "", "a"), on -> on.via(MethodChoice.inOrder(method)))
                .target(Targets.of("machine", "", "b"), on -> on.via(MethodChoice.inOrder(hanging)))
                .writeTo(directory.resolve("capture.pcapng"))
                .timers(timers)
                .build();
        CompletableFuture<Boolean> keptInterrupt = new CompletableFuture<>();
        Thread starter = new Thread(() -> {
            catchThrowableOfType(CaptureException.class, session::start);
            keptInterrupt.complete(Thread.currentThread().isInterrupted());
        });
        starter.start();
        begun.await();
        aBegun.await();
        starter.interrupt();
        assertThat(get(keptInterrupt)).isTrue();
        assertThat(diary).contains("cleaned");
        assertNoFiles();
    }

    @Test
    void start_oneTooSlowWithGoOn_keepsTheRest() throws Exception {
        ScriptedMethod hanging = hanging();
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.of("machine", "", "a"), on -> on.via(MethodChoice.inOrder(tidy("one"))))
                .target(Targets.of("machine", "", "b"), on -> on.via(MethodChoice.inOrder(hanging)))
                .onStartFailure(StartFailurePolicy.GO_ON)
                .startTimeout(Duration.ofMillis(500))
                .writeTo(directory.resolve("capture.pcapng"))
                .timers(timers)
                .start()) {
            CaptureResult result = session.stop();
            assertThat(result.points())
                    .extracting(PointResult::outcome)
                    .containsExactly(Outcome.COMPLETE, Outcome.FAILED);
            assertThat(result.points().get(1).reason()).hasValue(FailureReason.START_TIMEOUT);
        }
    }

    @Test
    void ended_ofStartThatFailed_failsToo() {
        CaptureSession session = on("a", ScriptedMethod.failing("one", points, FailureReason.FORBIDDEN))
                .build();
        CaptureException thrown = catchThrowableOfType(CaptureException.class, session::start);
        assertThat(session.ended())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCause(thrown);
        session.close();
    }

    @Test
    void ended_ofSessionClosedBeforeStart_fails() {
        CaptureSession session = on("a", tidy("one")).build();
        session.close();
        assertThat(session.ended()).isCompletedExceptionally();
    }

    @Test
    void undo_ofStartedCapture_tellsNobodyThatItEnded() throws Exception {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            if (request.point().name().equals("b")) {
                begun.await();
                throw new CaptureException(FailureReason.FILTER_REJECTED, "no");
            }
            return MemoryCapture.begun(sink);
        });
        CaptureSession session = on("a,b", method)
                .listener(new CaptureListener() {
                    @Override
                    public void ready(CapturePoint point, String interfaceName, String name) {
                        begun.countDown();
                    }

                    @Override
                    public void ended(PointResult result) {
                        diary.add("ended");
                    }
                })
                .build();
        catchThrowableOfType(CaptureException.class, session::start);
        assertThat(method.capture("a").closed).isDone();
        assertThat(diary).isEmpty();
    }

    @Test
    void point_goesAwayWhileTheSessionStarts_endsAsGone() throws Exception {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            points.listener.gone(request.point(), "it was deleted");
            return MemoryCapture.begun(sink);
        });
        try (CaptureSession session = on("a", method).start()) {
            assertThat(ended(session).points()).singleElement().satisfies(point -> {
                assertThat(point.endedBy()).isEqualTo(EndCause.POINT_GONE);
                assertThat(point.explanation()).contains("it was deleted");
            });
        }
    }

    private ScriptedMethod hanging() {
        return new ScriptedMethod("hanging", points, (request, sink, context) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return new MemoryCapture(sink);
        });
    }
}
