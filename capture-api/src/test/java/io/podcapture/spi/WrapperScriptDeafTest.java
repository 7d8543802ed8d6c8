package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals and the end of a command may be as close as they like: each counts, and nothing is waited for that has ended. */
@Execution(ExecutionMode.CONCURRENT)
class WrapperScriptDeafTest {
    private static final int TRIES = 10;
    private static final int LEASE = 60;
    private static final String MANY_QUESTIONS = "stats\n".repeat(8);

    // Ends a command within the trap that asks for it, however slow the command is.
    private static final String DEADLY = "kill() { command kill \"$@\"; sent=$?; [ \"$1\" != -INT ] || "
            + "while command kill -0 \"$2\" 2>/dev/null; do :; done; return $sent; }\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void stop_rightBehindQuestions_isHeeded(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell), shell + " is not here");
        stopBehindQuestions(WrappedRun.command(shell, LEASE, StandIn.of(directory, StandIn.POLITE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void stop_questionRightBehind_isHeeded(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell), shell + " is not here");
        for (int i = 0; i < TRIES; i++) {
            try (WrappedRun run = WrappedRun.start(shell, LEASE, StandIn.of(directory, StandIn.POLITE))) {
                run.awaitOutput("begun");
                run.send("stop\nstats");
                run.awaitOutput(WrappedRun.trailer(0));
                run.send("ack");
                assertPolite(run);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void verbs_belowNohup_areHeeded(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell), shell + " is not here");
        List<String> argv = WrappedRun.command(shell, LEASE, StandIn.of(directory, StandIn.POLITE));
        argv.addAll(0, List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "nohup"));
        try (WrappedRun run = WrappedRun.start(argv)) {
            run.awaitOutput("begun");
            run.send("stats");
            run.awaitError("tcpdump: 3 packets captured");
            run.send("stop\nack");
            assertPolite(run);
        }
    }

    // Only bash reaps outside of its waits, and would tell of a signal between two of them in the one after the
    // command's end.
    @ParameterizedTest
    @ValueSource(strings = "bash")
    void command_goneBeforeItsStopReturns_hasItsOwnStatus(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell), shell + " is not here");
        List<String> argv = WrappedRun.command(shell, LEASE, StandIn.of(directory, StandIn.POLITE));
        argv.replaceAll(word -> word.contains("await()") ? DEADLY + word : word);
        stopBehindQuestions(argv);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void command_endsBeforeAllOfTheScriptRuns_nothingIsWaitedFor(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell), shell + " is not here");
        for (int i = 0; i < TRIES; i++) {
            try (WrappedRun run = WrappedRun.start(shell, LEASE, List.of("true"))) {
                run.send("ack");
                assertPolite(run);
            }
        }
    }

    private static void stopBehindQuestions(List<String> argv) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            try (WrappedRun run = WrappedRun.start(argv)) {
                run.awaitOutput("begun");
                run.send(MANY_QUESTIONS + "stop\nack");
                assertPolite(run);
            }
        }
    }

    private static void assertPolite(WrappedRun run) throws Exception {
        int status = run.awaitExit();
        assertThat(status).as(run.output() + run.error()).isZero();
        assertThat(run.error()).doesNotContain("deaf");
    }
}
