package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With the real script in a shell of this machine, around stand-ins for tcpdump. */
@Execution(ExecutionMode.CONCURRENT)
class RemoteTcpdumpShellTest {
    @TempDir
    private Path directory;

    private final MemorySink sink = new MemorySink();
    private final LooseContext context = new LooseContext();
    private Optional<Process> started = Optional.empty();

    @AfterEach
    void processHasEnded() {
        started.ifPresent(process -> Awaitility.await("the script ended")
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> !process.isAlive()));
    }

    @Test
    void start_toStop_isWholeAndEverythingArrives() throws Exception {
        byte[] stream = PcapBytes.ethernet().record(new byte[100]).array();
        Path file = Files.write(directory.resolve("stream"), stream);
        RunningCapture capture = start(Requests.of("any", "-z $(x)"), "cat " + file + "\n" + listening());
        assertThat(counters(capture)).hasValue(ToolCounters.of(3, 4, 1));
        capture.stop();
        assertThat(ending(capture)).isEqualTo(Ending.whole(EndCause.STOPPED, ToolCounters.of(3, 4, 1)));
        assertThat(sink.octets()).isEqualTo(stream);
        capture.close();
    }

    @Test
    void stop_serverDropsWhatIsUnreadAtTheEnd_isWholeSinceTheScriptHolds() throws Exception {
        byte[] stream = PcapBytes.ethernet().record(new byte[100]).array();
        Path file = Files.write(directory.resolve("stream"), stream);
        String lastWords = "trap 'cat " + file + "; printf \"" + StandIn.COUNTS + "\" >&2; exit 0' INT\n";
        List<String> command =
                StandIn.of(directory, listening().replaceFirst("trap .* INT\n", Matcher.quoteReplacement(lastWords)));
        RunningCapture capture = RemoteTcpdump.of(Requests.of("any", ""))
                .enter(command)
                .start(
                        argv -> {
                            Process process = new ProcessBuilder(argv).start();
                            started = Optional.of(process);
                            return new DroppingServer(process);
                        },
                        sink,
                        context);
        capture.stop();
        assertThat(ending(capture).proven()).isTrue();
        assertThat(sink.octets()).isEqualTo(stream);
        capture.close();
    }

    @Test
    void start_filterWithShellWords_reachesTheToolAsOneArgument() throws Exception {
        String filter = "$(touch " + directory.resolve("touched") + "); `x` 'y'\n\"z\"";
        RunningCapture capture =
                start(Requests.of("any", filter), "shift $(($# - 1)); printf %s \"$1\"\n" + listening());
        sink.awaitOctets(filter.length());
        assertThat(new String(sink.octets(), "UTF-8")).isEqualTo(filter);
        assertThat(directory.resolve("touched")).doesNotExist();
        capture.close();
    }

    @Test
    void start_toolEndsBefore_failsWithItsWords() {
        CaptureException failure = catchThrowableOfType(
                CaptureException.class,
                () -> start(
                        Requests.of("any", "tcp prt"),
                        "echo \"tcpdump: can't parse filter expression: syntax error\" >&2; exit 1\n"));
        assertThat(failure.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(failure).hasMessageContaining("syntax error");
    }

    @Test
    void start_toolMissing_failsWithToolMissing() {
        CaptureException failure = catchThrowableOfType(
                CaptureException.class,
                () -> RemoteTcpdump.of(Requests.of("any", ""))
                        .enter(List.of("no-such-command-9"))
                        .start(shell(), sink, context));
        assertThat(failure.reason()).isEqualTo(FailureReason.TOOL_MISSING);
    }

    @Test
    void counters_askedTwiceAtOnce_areBothTold() throws Exception {
        RunningCapture capture = start(Requests.of("any", ""), listening());
        CompletableFuture<Optional<ToolCounters>> first = capture.counters().toCompletableFuture();
        CompletableFuture<Optional<ToolCounters>> second = capture.counters().toCompletableFuture();
        assertThat(first.get(10, TimeUnit.SECONDS)).isPresent();
        assertThat(second.get(10, TimeUnit.SECONDS)).isPresent();
        capture.close();
    }

    @Test
    void ended_scriptKilled_isNotProven() throws Exception {
        RunningCapture capture = start(Requests.of("any", ""), listening());
        Process script = started.orElseThrow();
        List<ProcessHandle> children = script.descendants().toList();
        script.destroyForcibly();
        capture.close();
        assertThat(ending(capture).proven()).isFalse();
        // A tcpdump ends with the first packet that nobody reads; a stand-in has none.
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static String listening() {
        return StandIn.POLITE.replace("printf begun", "printf '" + StandIn.LISTENING + "' >&2");
    }

    private RunningCapture start(CaptureRequest request, String standIn) throws Exception {
        List<String> command = StandIn.of(directory, standIn);
        return RemoteTcpdump.of(request).enter(command).start(shell(), sink, context);
    }

    private RemoteShell shell() {
        return argv -> {
            Process process = new ProcessBuilder(argv).start();
            started = Optional.of(process);
            return RemoteProcess.of(process);
        };
    }

    private static Optional<ToolCounters> counters(RunningCapture capture) throws Exception {
        return capture.counters().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Ending ending(RunningCapture capture) throws Exception {
        return capture.ended().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
