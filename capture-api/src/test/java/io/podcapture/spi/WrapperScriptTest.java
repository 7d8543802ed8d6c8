package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class WrapperScriptTest {
    private static final int LONG_LEASE = 60;

    @TempDir
    private Path directory;

    @Test
    void text_loaded_hasNoCommentsAndIsShort() {
        String text = WrapperScript.command("x", "y", List.of()).get(2);
        assertThat(text.lines()).noneMatch(line -> line.startsWith("#") || line.isBlank());
        assertThat(text).hasSizeLessThan(4000).matches("[\\n -~]+");
    }

    @Test
    void command_arguments_areInTheirPlaces() {
        assertThat(WrapperScript.command("name", "nonce", List.of("tcpdump", "-n")))
                .startsWith("sh", "-c")
                .endsWith("name", "nonce", "20", "tcpdump", "-n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void stop_runningCommand_endsItWithTrailerAndHoldsUntilAck(String shell) throws Exception {
        try (WrappedRun run = begun(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE))) {
            run.send("stop");
            run.awaitOutput("begun" + WrappedRun.trailer(0));
            run.awaitError("1 packet dropped by kernel\npodcapture " + WrappedRun.NONCE + " exit 0\n");
            assertThat(run.error()).startsWith("podcapture " + WrappedRun.NONCE + " pid ");
            int beats = run.heartbeats();
            Awaitility.await("a later heartbeat").atMost(20, TimeUnit.SECONDS).until(() -> run.heartbeats() > beats);
            assertThat(run.alive()).as("held").isTrue();
            run.send("ack");
            assertGone(run, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void stats_askedSeveralTimes_reachTheCommandThatGoesOn(String shell) throws Exception {
        try (WrappedRun run = begun(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE))) {
            for (int asked = 1; asked <= 3; asked++) {
                run.send("stats");
                int answers = asked;
                Awaitility.await()
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() -> run.error().split("tcpdump: 3 packets captured", -1).length > answers);
            }
            assertThat(run.output()).isEqualTo("begun");
            run.endInput();
            assertGone(run, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void clock_asked_isTold(String shell) throws Exception {
        try (WrappedRun run = begun(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE))) {
            run.send("clock");
            run.awaitError("podcapture " + WrappedRun.NONCE + " clock 1");
            run.endInput();
            assertGone(run, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void input_ends_stopsTheCommandWithoutHold(String shell) throws Exception {
        try (WrappedRun run = begun(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE))) {
            run.endInput();
            assertGone(run, 0);
            assertThat(run.output()).isEqualTo("begun" + WrappedRun.trailer(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void input_endsBeforeCommandListens_leavesNothing(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        try (WrappedRun run = WrappedRun.start(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE))) {
            run.endInput();
            run.awaitExit();
            assertNothingLeft(run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void input_endsAndCommandIgnoresSignals_killsIt(String shell) throws Exception {
        String deaf = "trap '' INT TERM\nprintf begun\nwhile :; do sleep 0.1; done\n";
        try (WrappedRun run = begun(shell, LONG_LEASE, StandIn.of(directory, deaf))) {
            run.endInput();
            assertGone(run, 137);
            assertThat(run.output()).isEqualTo("begun" + WrappedRun.trailer(137));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void command_missing_tellsStatus127(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        try (WrappedRun run = WrappedRun.start(shell, LONG_LEASE, List.of("no-such-tool-9", "-i", "any"))) {
            run.awaitOutput(WrappedRun.trailer(127));
            run.awaitError("exit 127\n");
            assertThat(run.error()).contains("no-such-tool-9");
            run.send("ack");
            assertGone(run, 127);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void command_failsByItself_tellsItsWordsAndStatus(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        List<String> tool = StandIn.of(directory, "echo 'tcpdump: syntax error' >&2\nexit 1\n");
        try (WrappedRun run = WrappedRun.start(shell, LONG_LEASE, tool)) {
            run.awaitError("tcpdump: syntax error\npodcapture " + WrappedRun.NONCE + " exit 1\n");
            run.awaitOutput(WrappedRun.trailer(1));
            run.send("ack");
            assertGone(run, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void lease_notRenewed_stopsTheCommandAndThenTheHold(String shell) throws Exception {
        try (WrappedRun run = begun(shell, 2, StandIn.of(directory, StandIn.POLITE))) {
            assertGone(run, 0);
            assertThat(run.output()).isEqualTo("begun" + WrappedRun.trailer(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void lease_renewed_letsTheCommandLive(String shell) throws Exception {
        try (WrappedRun run = begun(shell, 3, StandIn.of(directory, StandIn.POLITE))) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(250))
                    .during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(12))
                    .until(() -> {
                        run.send("keep");
                        return run.alive() && run.output().equals("begun");
                    });
            assertThat(run.heartbeats()).isPositive();
            run.endInput();
            assertGone(run, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void hold_withoutAck_endsWithTheLease(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        try (WrappedRun run = WrappedRun.start(shell, 2, List.of("true"))) {
            run.awaitOutput(WrappedRun.trailer(0));
            assertGone(run, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void output_nobodyReads_doesNotOutliveTheEndOfInput(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        List<String> flood = List.of("cat", "/dev/zero");
        Process process = new ProcessBuilder(WrappedRun.command(shell, LONG_LEASE, flood))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> process.getInputStream().available() > 4096);
            process.getOutputStream().close();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void arguments_ofAnyText_arriveUntouched(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        Path touched = directory.resolve("touched");
        List<String> arguments = List.of(
                "two words",
                "",
                "it's \"quoted\"",
                "line\nfeed",
                "$(touch " + touched + ")",
                "`touch " + touched + "`",
                "; touch " + touched,
                "-z",
                "--",
                "*",
                "\\n%s",
                "$HOME",
                "é",
                " lead and trail ");
        List<String> tool = new ArrayList<>(StandIn.of(directory, "printf '%s\\0' \"$@\"\n"));
        tool.addAll(arguments);
        try (WrappedRun run = WrappedRun.start(shell, LONG_LEASE, tool)) {
            run.awaitOutput(WrappedRun.trailer(0));
            String expected = String.join("\0", arguments) + "\0" + WrappedRun.trailer(0);
            assertThat(new String(run.octets(), StandardCharsets.UTF_8)).isEqualTo(expected);
            assertThat(touched).doesNotExist();
            run.send("ack");
            assertGone(run, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void output_binary_isExactBeforeTheTrailer(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        byte[] octets = new byte[5 << 20];
        new Random(3).nextBytes(octets);
        Path file = Files.write(directory.resolve("octets"), octets);
        try (WrappedRun run = WrappedRun.start(shell, LONG_LEASE, List.of("cat", file.toString()))) {
            run.send("ack");
            assertGone(run, 0);
            byte[] trailer = WrappedRun.trailer(0).getBytes(StandardCharsets.US_ASCII);
            byte[] expected = Arrays.copyOf(octets, octets.length + trailer.length);
            System.arraycopy(trailer, 0, expected, octets.length, trailer.length);
            assertThat(Arrays.mismatch(run.octets(), expected))
                    .as("first octet that differs")
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void verb_unknown_isPassedOver(String shell) throws Exception {
        try (WrappedRun run = begun(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE))) {
            run.send("$(touch " + directory.resolve("touched") + ")");
            run.send("nonsense; exit");
            run.send("stats");
            run.awaitError("tcpdump: 3 packets captured");
            assertThat(directory.resolve("touched")).doesNotExist();
            run.send("stop");
            run.send("ack");
            assertGone(run, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void children_whereNobodyReapsOrphans_areReapedByTheScript(String shell) throws Exception {
        assumeTrue(WrappedRun.has(shell) && WrappedRun.canUnshare());
        try (WrappedRun run = WrappedRun.startUnreaped(shell, LONG_LEASE, StandIn.of(directory, StandIn.POLITE))) {
            run.awaitOutput("begun");
            run.send("keep");
            run.send("stop");
            run.awaitOutput(WrappedRun.trailer(0));
            run.send("ack");
            Awaitility.await("unshare, its process 1 and the script, ended")
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(run.processes())
                            .hasSize(3)
                            .filteredOn(process -> process.endsWith("Z"))
                            .hasSize(1));
        }
    }

    private static WrappedRun begun(String shell, int lease, List<String> tool) throws Exception {
        assumeTrue(WrappedRun.has(shell));
        WrappedRun run = WrappedRun.start(shell, lease, tool);
        run.awaitOutput("begun");
        return run;
    }

    private static void assertGone(WrappedRun run, int status) throws Exception {
        assertThat(run.awaitExit()).isEqualTo(status);
        assertNothingLeft(run);
    }

    // A stand-in that was killed leaves its last short sleep.
    private static void assertNothingLeft(WrappedRun run) {
        Awaitility.await("processes left, zombies too")
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(run.processes()).isEmpty());
    }
}
