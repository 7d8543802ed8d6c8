package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that heeds its signals is not called deaf, however close the questions and the stop are. */
class WrapperScriptDeafTest {
    private static final int TRIES = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void stop_rightBehindQuestions_isHeeded(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell), shell + " is not here");
        for (int i = 0; i < TRIES; i++) {
            try (WrappedRun run = WrappedRun.start(shell, 60, StandIn.of(directory, StandIn.POLITE))) {
                run.awaitOutput("begun");
                run.send("stats\nstats\nstats\nstats\nstats\nstats\nstats\nstats\nstop\nack");
                assertThat(run.awaitExit()).isZero();
                assertThat(run.error()).doesNotContain("deaf");
            }
        }
    }
}
