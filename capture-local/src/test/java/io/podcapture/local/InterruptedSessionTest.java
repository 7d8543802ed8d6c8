package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, which a terminal sends to the program and to all that it started, is heard by the program alone. */
class InterruptedSessionTest {
    private static final int INTERRUPT = 2;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"pid/PID", "docker/web"})
    void interrupt_whileCapturing_leavesTheEndToTheSession(String target) throws Exception {
        try (TestNamespace namespace = TestNamespace.make()) {
            assumeTrue(isHeard(), "interrupts are not ignored, as what a shell runs in the background ignores them");
            FakeEngine engine = new FakeEngine(Files.createDirectory(directory.resolve("engine")), namespace.pid());
            try (KilledProgram program = KilledProgram.start(
                    Target.parse(target.replace("PID", Long.toString(namespace.pid())), ""),
                    directory.resolve("capture.pcapng"),
                    engine.command(),
                    "tools:1",
                    false)) {
                namespace.packets().send(3);
                assertThat(program.interrupt()).isEqualTo("COMPLETE 3");
            }
        }
    }

    private static boolean isHeard() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .noneMatch(ignored -> (ignored >> INTERRUPT - 1 & 1) == 1);
    }
}
