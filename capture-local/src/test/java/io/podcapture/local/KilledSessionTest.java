package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.Target;
import java.io.IOException;
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
            KilledProgram program = KilledProgram.start(
                    Target.parse(target.replace("PID", Long.toString(namespace.pid())), ""),
                    directory.resolve("capture.pcapng"),
                    engine.command(),
                    "tools:1",
                    false);
            try (program) {
                assertThat(inside(namespace.pid())).hasSizeGreaterThan(1);
            }
            Awaitility.await("nothing but what keeps the namespace")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(inside(namespace.pid())).containsExactly(namespace.pid()));
            // The wait for the container's end is outside.
            Awaitility.await("no command of the engine")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(program.processesNaming(engine.command()))
                            .isEmpty());
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
