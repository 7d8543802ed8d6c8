package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that stops or falls silent in mid-capture is told truly, and the file is readable up to its last whole packet. */
class EngineFaultIT {
    private static Path home;
    private static PrivateEngine ours;

    @TempDir
    private Path directory;

    private String container;

    @BeforeAll
    static void startEngine() throws Exception {
        RealEngine like = RealEngine.required();
        home = Files.createTempDirectory("pc-engine-");
        ours = PrivateEngine.start(like, home);
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (ours != null) {
            ours.end();
        }
        if (home != null) {
            // What was killed leaves its mounts.
            new ProcessBuilder(
                            "sh", "-c", "umount \"$1\"/exec/netns/* \"$1\"/data; rm -rf \"$1\"", "sh", home.toString())
                    .start()
                    .waitFor();
        }
    }

    @BeforeEach
    void startContainer() throws Exception {
        container = ours.engine().startTools("--network", "none");
    }

    @AfterEach
    void removeContainer() throws Exception {
        ours.goOn();
        ours.engine().remove(container);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void engine_ends_isToldAndNothingIsLeft(String signal) throws Exception {
        try (CaptureSession session = capturing()) {
            ours.signal(signal);
            assertThat(assertTold(session.ended().get(60, TimeUnit.SECONDS)).reason())
                    .hasValue(FailureReason.STREAM_LOST);
            assertThat(ours.awaitEnd()).isTrue();
            ours.goOn();
            assertNoHelper(session.id());
        }
    }

    @Test
    @Tag("soak")
    void engine_stalls_isStreamLostAndNothingIsLeft() throws Exception {
        try (CaptureSession session = capturing()) {
            ours.signal("STOP");
            // The clean-up's question goes unanswered too; its own time-out comes on top.
            PointResult point = assertTold(session.ended().get(120, TimeUnit.SECONDS));
            ours.goOn();
            assertThat(point.reason()).hasValue(FailureReason.STREAM_LOST);
            assertNoHelper(session.id());
        }
    }

    @Test
    void helper_removedByForce_isToldAndNothingIsLeft() throws Exception {
        try (CaptureSession session = capturing()) {
            CapturePoint point = session.progress().points().get(0).point();
            String helper = ours.engine().helpers(session.id()).get(0);
            ours.engine().ask("rm", "--force", helper);
            PointResult told = assertTold(session.ended().get(60, TimeUnit.SECONDS));
            assertThat(told.point()).isEqualTo(point);
            // What the client of `docker run` says of it differs.
            assertThat(told.reason().orElseThrow()).isIn(FailureReason.STREAM_LOST, FailureReason.PROCESS_FAILED);
            assertNoHelper(session.id());
        }
    }

    private CaptureSession capturing() throws Exception {
        CaptureSession session = CaptureSession.builder()
                .target(Targets.container(container))
                .via(ours.engine().methods().docker())
                .filter("udp port 9")
                .writeTo(directory.resolve("capture.pcapng"))
                .start();
        ours.engine().ask("exec", container, "bash", "-c", LocalStage.DATAGRAMS, "traffic", "127.0.0.1", "0", "200");
        Awaitility.await("packets")
                .atMost(Duration.ofSeconds(20))
                .until(() -> session.progress().packets() >= 200);
        return session;
    }

    private static PointResult assertTold(CaptureResult result) throws Exception {
        PointResult point = result.points().get(0);
        assertThat(point.outcome()).as(point.explanation()).isEqualTo(Outcome.TRUNCATED);
        assertThat(point.explanation()).isNotBlank().doesNotContain("; ;");
        assertThat(CapturedNumbers.ofOne(result)).containsExactlyElementsOf(CapturedNumbers.range(0, 200));
        CapturedNumbers.assertReadByOthers(
                result.file().orElseThrow(), point.statistics().packets());
        return point;
    }

    private static void assertNoHelper(String session) {
        Awaitility.await("the engine removes helpers")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ours.engine().helpers(session)).isEqualTo(List.of()));
    }
}
