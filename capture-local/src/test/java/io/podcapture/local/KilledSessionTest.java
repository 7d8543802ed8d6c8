package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a JVM that was killed, no process stays behind in the target. */
class KilledSessionTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"pid/PID", "docker/web"})
    void kill_whileCapturing_endsTheTool(String target) throws Exception {
        try (TestNamespace namespace = TestNamespace.make()) {
            FakeEngine engine = new FakeEngine(Files.createDirectory(directory.resolve("engine")), namespace.pid());
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            CaptureUntilKilled.class.getName(),
                            target.replace("PID", Long.toString(namespace.pid())),
                            directory.resolve("capture.pcapng").toString(),
                            engine.command())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                assertThat(program.inputReader(StandardCharsets.UTF_8).readLine())
                        .isEqualTo("capturing");
                assertThat(inside(namespace.pid())).hasSizeGreaterThan(1);
            } finally {
                program.destroyForcibly();
            }
            Awaitility.await("nothing but what keeps the namespace")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(inside(namespace.pid())).containsExactly(namespace.pid()));
        }
    }

    private static List<Long> inside(long keeper) throws IOException {
        Object namespace = namespace(keeper);
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .map(ProcessHandle::pid)
                    .filter(pid -> namespace(pid).equals(namespace))
                    .toList();
        }
    }

    private static Object namespace(long pid) {
        try {
            return Files.getAttribute(Path.of("/proc/" + pid + "/ns/net"), "unix:ino");
        } catch (IOException e) {
            return "ended meanwhile";
        }
    }
}
