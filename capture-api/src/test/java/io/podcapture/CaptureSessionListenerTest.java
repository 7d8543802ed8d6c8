package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CaptureSessionListenerTest extends SessionFixture {
    private final ScriptedMethod method = tidy("one");

    private final CaptureListener writer = new CaptureListener() {
        @Override
        public void ready(CapturePoint point, String interfaceName, String by) {
            diary.add("ready " + point + " " + interfaceName + " " + by);
        }

        @Override
        public void progress(CaptureProgress now) {
            diary.add("progress " + now.packets());
        }

        @Override
        public void ended(PointResult result) {
            diary.add("ended " + result.point() + " " + result.outcome());
        }

        @Override
        public void joined(CapturePoint point) {
            diary.add("joined " + point);
        }

        @Override
        public void gone(CapturePoint point, String reason) {
            diary.add("gone " + point + " " + reason);
        }
    };

    @Test
    void listener_session_hearsEachStepInOrder() throws Exception {
        try (CaptureSession session = on("a", method).listener(writer).start()) {
            method.capture("a").send(5);
            awaitDiary("ready a any one");
            timers.advance(Duration.ofSeconds(1));
            awaitDiary("progress 5");
            points.listener.joined(ScriptedMethod.Points.point("b"));
            points.listener.joined(ScriptedMethod.Points.point("a"));
            points.listener.gone(ScriptedMethod.Points.point("a"), "it was deleted");
            ended(session);
            awaitDiary("ended a TRUNCATED");
            assertThat(told())
                    .containsExactly(
                            "ready a any one", "progress 5", "joined b", "gone a it was deleted", "ended a TRUNCATED");
        }
    }

    @Test
    void listener_throws_harmsNeitherTheCaptureNorTheOtherListener() throws Exception {
        CaptureListener bad = new CaptureListener() {
            @Override
            public void ready(CapturePoint point, String interfaceName, String by) {
                throw new IllegalStateException("bad");
            }

            @Override
            public void ended(PointResult result) {
                throw new AssertionError("worse");
            }

            @Override
            public void progress(CaptureProgress now) {
                throw new AssertionError("worse");
            }
        };
        try (CaptureSession session =
                on("a", method).listener(bad).listener(writer).start()) {
            timers.advance(Duration.ofSeconds(1));
            awaitDiary("progress 0");
            session.stop().requireComplete();
            awaitDiary("ended a COMPLETE");
        }
    }

    @Test
    void listener_slow_doesNotHoldUpTheSessionAndMissesProgress() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CaptureListener sleeper = new CaptureListener() {
            @Override
            public void ready(CapturePoint point, String interfaceName, String by) {
                try {
                    slow.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (CaptureSession session =
                on("a", method).listener(sleeper).listener(writer).start()) {
            timers.advance(Duration.ofSeconds(4));
            method.capture("a").send(1);
            session.stop().requireComplete();
            assertThat(told()).isEmpty();
            slow.countDown();
            awaitDiary("ended a COMPLETE");
            assertThat(told()).containsExactly("ready a any one", "progress 0", "ended a COMPLETE");
        }
    }

    @Test
    void progress_countersAreAsked_tellsDrops() throws Exception {
        try (CaptureSession session = on("a", method).listener(writer).start()) {
            assertThat(session.progress().points().get(0).dropped()).hasValue(0);
            method.capture("a").drop(3);
            timers.advance(Duration.ofSeconds(5));
            assertThat(session.progress().points().get(0).dropped()).hasValue(3);
        }
    }

    private List<String> told() {
        return diary.stream().filter(line -> !line.startsWith("cleaned")).toList();
    }

    private void awaitDiary(String line) {
        Awaitility.await(line).atMost(10, TimeUnit.SECONDS).until(() -> diary.contains(line));
    }
}
