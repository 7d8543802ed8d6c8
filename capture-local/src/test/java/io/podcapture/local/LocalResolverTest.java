package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Targets;
import io.podcapture.spi.PointListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalResolverTest {
    @TempDir
    private Path directory;

    private final LocalResolver resolver = new LocalResolver(new Engine(Optional.empty()));

    @Test
    void understands_kinds_areOursOnly() {
        assertThat(resolver.understands(Targets.container("web"))).isTrue();
        assertThat(resolver.understands(Targets.containerHost())).isTrue();
        assertThat(resolver.understands(Targets.process(42))).isTrue();
        assertThat(resolver.understands(Targets.networkNamespace("blue"))).isTrue();
        assertThat(resolver.understands(Targets.of("process", "", "../self"))).isFalse();
        assertThat(resolver.understands(Targets.pod("shop", "cart"))).isFalse();
    }

    @Test
    void resolve_container_hasWhatTheEngineTells() throws Exception {
        FakeEngine engine = new FakeEngine(directory, 1);
        engine.inspectPrints(
                FakeEngine.ID, "/web", "running", "nginx:1", "host", "10.1.0.2 fd00::2 invalid IP 10.2.0.2  ");
        CapturePoint point = new LocalResolver(engine.engine())
                .resolve(Targets.container("web"))
                .get(0);
        assertThat(point.id()).isEqualTo(FakeEngine.ID);
        assertThat(point.name()).isEqualTo("web");
        assertThat(point.attributes())
                .containsEntry("ip", "10.1.0.2,fd00::2,10.2.0.2")
                .containsEntry("hostNetwork", "true");
        assertThat(engine.calls("inspect").get(0))
                .startsWith("inspect", "--type", "container")
                .endsWith("--", "web");
    }

    @Test
    void resolve_whatNoEnginePrints_isRefused() throws Exception {
        FakeEngine engine = new FakeEngine(directory, 1);
        engine.inspectPrints("<no value>");
        assertThatThrownBy(() -> new LocalResolver(engine.engine()).resolve(Targets.container("web")))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("cannot be read: <no value>");
    }

    @Test
    void resolve_twoProcessesOfOneNamespace_areOnePoint() throws Exception {
        onLinux();
        Process other = new ProcessBuilder("cat").start();
        try {
            assertThat(resolver.resolve(Targets.process(other.pid())))
                    .isEqualTo(resolver.resolve(
                            Targets.process(ProcessHandle.current().pid())));
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void resolve_nameThatIsMissing_isNotFound() {
        onLinux();
        assertThatThrownBy(() -> resolver.resolve(Targets.networkNamespace("no-such-namespace")))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND))
                .hasMessage("network namespace no-such-namespace does not exist on this machine: there is no"
                        + " /var/run/netns/no-such-namespace; ip netns lists the names there are");
    }

    @Test
    void resolve_processThatIsNotThere_isNotFound() {
        onLinux();
        // No kernel numbers processes that high.
        assertThatThrownBy(() -> resolver.resolve(Targets.process(999_999_999)))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND))
                .hasMessage("process 999999999 does not exist on this machine: there is no /proc/999999999/ns/net;"
                        + " it may have ended");
    }

    @Test
    void follow_processEnds_isTold() throws Exception {
        onLinux();
        Process process = new ProcessBuilder("cat").start();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        PointListener listener = new PointListener() {
            @Override
            public void joined(CapturePoint point) {
                told.add("joined " + point);
            }

            @Override
            public void gone(CapturePoint point, String reason) {
                told.add(reason);
            }
        };
        AutoCloseable following = resolver.follow(Targets.process(process.pid()), listener);
        try {
            assertThat(told.poll()).isEqualTo("joined process " + process.pid());
            process.destroyForcibly();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("process " + process.pid() + " ended");
        } finally {
            following.close();
        }
    }

    @Test
    void entry_ownNamespace_needsNoWayIn() throws Exception {
        onLinux();
        NetworkNamespace ours =
                NetworkNamespace.of(Targets.process(ProcessHandle.current().pid()));
        assertThat(new NamespaceEntry(ours).prefix()).isEqualTo(List.of());
        assertThat(new NamespaceEntry(new NetworkNamespace(Files.createFile(directory.resolve("x")), "x")).prefix())
                .isEqualTo(List.of("nsenter", "--net=" + directory.resolve("x"), "--"));
    }

    private static void onLinux() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/ns/net")), "this machine has network namespaces");
    }
}
