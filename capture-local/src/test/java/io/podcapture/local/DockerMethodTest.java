package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of methods by a stand-in for docker whose containers are processes in a network namespace. */
class DockerMethodTest extends CaptureMethodContract {
    private static TestNamespace namespace;

    @TempDir
    private Path engineDirectory;

    private FakeEngine engine;

    @BeforeAll
    static void makeNamespace() throws Exception {
        namespace = TestNamespace.make();
    }

    @AfterAll
    static void removeNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @BeforeEach
    void makeEngine() throws Exception {
        engine = new FakeEngine(engineDirectory, namespace.pid());
    }

    @Override
    protected CaptureMethod method() {
        return LocalMethods.builder()
                .engine(engine.command())
                .docker()
                .methods()
                .get(0);
    }

    @Override
    protected Target target() {
        return Targets.container("web");
    }

    @Override
    protected Target missingTarget() {
        return Targets.container("wbe");
    }

    @Override
    protected PacketSource packets() {
        return namespace.packets();
    }

    @Test
    void stop_ended_leavesTheRemovalToTheEngine() throws Exception {
        try (CaptureSession session = session("udp").start()) {
            CaptureResult result = session.stop().requireComplete();
            assertThat(engine.calls("rm")).isEmpty();
            assertThat(result.points().get(0).point().attributes())
                    .containsEntry("ip", "172.17.0.2")
                    .containsEntry("image", "nginx:1")
                    .hasEntrySatisfying("helper", name -> assertThat(name).startsWith("podcapture-docker-"));
        }
    }

    @Test
    void start_imageMissing_isPulledAndStarted() throws Exception {
        engine.loseImage();
        try (CaptureSession session = session("udp").start()) {
            session.stop().requireComplete();
        }
        assertThat(engine.calls("pull")).hasSize(1);
        assertThat(engine.calls("run")).hasSize(2);
    }

    @Test
    void start_refusedByTheTool_removesTheHelper() throws Exception {
        CaptureSession session = session("port no-such-port").build();
        assertThatThrownBy(session::start).isInstanceOf(CaptureException.class);
        List<String> run = engine.calls("run").get(0);
        String name = run.get(run.indexOf("--name") + 1);
        assertThat(engine.calls("rm")).containsExactly(List.of("rm", "--force", "--volumes", "--", name));
    }

    @Test
    void container_endsInMidCapture_isToldAndNeverComplete() throws Exception {
        try (CaptureSession session = session("udp").start()) {
            packets().send(7);
            engine.end(137);
            PointResult point =
                    session.ended().get(30, TimeUnit.SECONDS).points().get(0);
            assertThat(point)
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .returns(EndCause.POINT_GONE, PointResult::endedBy);
            assertThat(point.reason()).hasValue(FailureReason.TARGET_NOT_FOUND);
            assertThat(point.explanation()).startsWith("container web ended with status 137 while it was captured");
            assertThat(point.statistics().packets()).isEqualTo(7);
        }
    }

    private CaptureSession.Builder session(String filter) {
        return CaptureSession.builder()
                .target(target())
                .via(LocalMethods.builder().engine(engine.command()).auto())
                .filter(filter)
                .writeTo(directory.resolve("capture.pcapng"));
    }
}
