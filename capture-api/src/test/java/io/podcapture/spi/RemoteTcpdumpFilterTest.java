package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a user's filter where packets are left out that are not the user's. */
class RemoteTcpdumpFilterTest {
    private static final String OURS = "(tcp port 10250) or (tcp port 6443)";

    private final FeedProcess check = new FeedProcess();
    private final FeedProcess capture = new FeedProcess();
    private final MemorySink sink = new MemorySink();
    private final LooseContext context = new LooseContext();
    private final List<List<String>> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void endThreads() {
        check.breakOff();
        capture.breakOff();
    }

    @Test
    void excluding_withFilter_isCheckedAloneAndThenBothAreInForce() throws Exception {
        checked(0, "");
        listening("tcp port 80", OURS);
        assertThat(started).hasSize(2);
        assertThat(started.get(0))
                .containsExactly(
                        "sh",
                        "-c",
                        "\"$@\"; exit",
                        "podcapture-look-" + context.sessionId(),
                        "nsenter",
                        "-t",
                        "42",
                        "-n",
                        "--",
                        "tcpdump",
                        "-i",
                        "eth0",
                        "-d",
                        "-Z",
                        "root",
                        "--",
                        "tcp port 80");
        assertThat(started.get(1)).endsWith("--", "not (" + OURS + ") and (tcp port 80)");
        assertThat(inForce()).isEqualTo("not (" + OURS + ") and (tcp port 80)");
        assertThat(check.closed).isDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void excluding_withoutFilter_needsNoCheck(String none) throws Exception {
        listening(none, OURS);
        assertThat(started).hasSize(1);
        assertThat(started.get(0)).endsWith("--", "not (" + OURS + ")");
        assertThat(inForce()).isEqualTo("not (" + OURS + ")");
    }

    @Test
    void filter_ofBlanks_isNone() throws Exception {
        listening(" \t\n", "");
        assertThat(started.get(0)).endsWith("--");
        assertThat(inForce()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp port 80", "tcp) or (udp"})
    void excluding_nothing_needsNoCheckAndChangesNothing(String filter) throws Exception {
        listening(filter, "");
        assertThat(started).hasSize(1);
        assertThat(started.get(0)).endsWith("--", filter);
        assertThat(inForce()).isEqualTo(filter);
    }

    @Test
    void excluding_filterRefused_startsNothing() {
        checked(1, "tcpdump: can't parse filter expression: syntax error\n");
        CaptureException thrown =
                catchThrowableOfType(CaptureException.class, () -> start("tcp) or (udp", OURS, shell()));
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(thrown).hasMessageContaining("\"tcp) or (udp\"").hasMessageContaining("syntax error");
        assertThat(started).as("the check only").hasSize(1);
        assertThat(context.inForce).isEmpty();
    }

    @Test
    void excluding_checkCannotRun_tellsWhy() {
        check.exit.completeExceptionally(new CaptureException(FailureReason.TOOL_MISSING, "there is no nsenter"));
        check.out.end();
        check.err.end();
        CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> start("tcp", OURS, shell()));
        assertThat(thrown.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(started).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tcp) or (udp
                    tcp port 80) or (tcp
                    ) or (
                    """)
    void excluding_hostileFilter_isRefusedByTheRealTool(String filter) throws Exception {
        assumeTrue(WrappedRun.has("tcpdump"), "this machine has no tcpdump");
        assumeTrue(
                new ProcessBuilder("tcpdump", "-i", "lo", "-d").start().waitFor() == 0,
                "tcpdump may not look at lo here");
        RemoteShell local = argv -> {
            started.add(argv);
            return RemoteProcess.of(new ProcessBuilder(argv).start());
        };
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> RemoteTcpdump.of(Requests.of("lo", filter))
                        .excluding(OURS)
                        .start(local, sink, context));
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(started).as("the check only").hasSize(1);
        assertThat(started.get(0)).contains("-d");
    }

    private void checked(int status, String complaint) {
        check.err.give(complaint + " ");
        check.err.end();
        check.out.end();
        check.exit.complete(status);
    }

    private String inForce() {
        assertThat(context.inForce).hasSize(1);
        return context.inForce.get(0).filter();
    }

    private void listening(String filter, String excluded) throws Exception {
        CompletableFuture<RunningCapture> begun = new CompletableFuture<>();
        context.executor().execute(() -> {
            try {
                begun.complete(start(filter, excluded, shell()));
            } catch (IOException | InterruptedException | RuntimeException e) {
                begun.completeExceptionally(e);
            }
        });
        context.timers.awaitPending(1);
        capture.listen();
        begun.get(20, TimeUnit.SECONDS).close();
    }

    private RunningCapture start(String filter, String excluded, RemoteShell shell)
            throws IOException, InterruptedException {
        return RemoteTcpdump.of(Requests.of("eth0", filter))
                .enter(List.of("nsenter", "-t", "42", "-n", "--"))
                .user("root")
                .excluding(excluded)
                .start(shell, sink, context);
    }

    private RemoteShell shell() {
        return argv -> {
            started.add(argv);
            return argv.contains("-d") ? check : capture.shell().start(argv);
        };
    }
}
