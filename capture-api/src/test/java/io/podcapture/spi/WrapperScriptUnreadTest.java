package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that is killed right after a question: nobody is left to read the answer. */
@Execution(ExecutionMode.CONCURRENT)
class WrapperScriptUnreadTest {
    private static final int LONG_LEASE = 120;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void clock_askedByWhoIsGone_endsWithItsInputAndNotWithTheLease(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        Process process = new ProcessBuilder(
                        WrappedRun.command(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE)))
                .start();
        try {
            assertThat(process.getInputStream().readNBytes(5)).asString().isEqualTo("begun");
            process.getInputStream().close();
            process.getErrorStream().close();
            process.getOutputStream().write("clock\n".getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().close();
            assertThat(process.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }
}
