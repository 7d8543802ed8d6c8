package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.EndCause;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script in shells of this machine, behind the wrapper and around a stand-in that writes files. */
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class SpoolScriptTest {
    private static final int LEASE = 60;
    private static final String FULL = "podcapture-spool full\n";

    // Writes a new file whenever the one before it is full, up to a number of files; heeds signals as tcpdump does.
    private static final String WRITER = "trap 'printf \"" + StandIn.COUNTS + "\" >&2; exit 0' INT\n"
            + "trap 'printf \"" + StandIn.ASKED + "\" >&2' USR1\n"
            + "most=$1; while [ \"$1\" != -w ]; do shift; done\n"
            + "file=$2 count=1; echo packet >\"$file\"; printf '" + StandIn.LISTENING + "' >&2\n"
            + "while :; do\n"
            + "if [ $count -lt $most ]; then echo packet >\"$file$count\"; count=$((count + 1)); fi\n"
            + "sleep 0.02\n"
            + "done\n";

    @TempDir
    private Path directory;

    private Path spool;

    @BeforeEach
    void name() {
        spool = directory.resolve("spool/one");
    }

    @Test
    void text_loaded_hasNoCommentsAndIsShort() {
        String text = SpoolScript.command("d", 1, 2, List.of()).get(2);
        assertThat(text.lines()).noneMatch(line -> line.startsWith("#") || line.isBlank());
        assertThat(text).hasSizeLessThan(1000).matches("[\\n -~]+");
    }

    @Test
    void command_arguments_areInTheirPlaces() {
        assertThat(SpoolScript.command("/spool/x", 3, 7, List.of("tcpdump", "-n")))
                .startsWith("sh", "-c")
                .endsWith("podcapture-spool", "/spool/x", "3", "7", "tcpdump", "-n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void tool_withRoomLeft_hearsItsSignals(String shell) throws Exception {
        try (WrappedRun run = start(shell, 3, 100, 3)) {
            run.awaitError("tcpdump: listening");
            run.send("stats");
            run.awaitError("tcpdump: 3 packets captured");
            run.send("stop");
            run.awaitOutput(WrappedRun.trailer(0));
            run.send("ack");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.output()).isEqualTo(WrappedRun.trailer(0));
            assertThat(run.error()).doesNotContain(FULL);
            assertNothingLeft(run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void tool_asManyFilesFull_isEnded(String shell) throws Exception {
        try (WrappedRun run = start(shell, 3, 100, 4)) {
            run.awaitOutput(WrappedRun.trailer(0));
            run.send("ack");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.output()).as("only the trailer").isEqualTo(WrappedRun.trailer(0));
            assertThat(run.error()).containsOnlyOnce(FULL).contains("1 packet dropped by kernel\n");
            assertPrivate(4);
            assertNothingLeft(run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void tool_tooManyFilesBesideIt_isEnded(String shell) throws Exception {
        Path beside = Files.createDirectories(directory.resolve("spool/two"));
        for (String name : List.of("packets.pcap", "packets.pcap1", "packets.pcap2")) {
            Files.createFile(beside.resolve(name));
        }
        try (WrappedRun run = start(shell, 100, 4, 2)) {
            run.awaitError(FULL);
            run.awaitOutput(WrappedRun.trailer(0));
            run.send("ack");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void tool_filesBesideItJustFit_goesOn(String shell) throws Exception {
        Path beside = Files.createDirectories(directory.resolve("spool/two"));
        Files.createFile(beside.resolve("packets.pcap"));
        try (WrappedRun run = start(shell, 100, 3, 2)) {
            run.awaitError("tcpdump: listening");
            int beats = run.heartbeats();
            // A heartbeat is some looks of the watch.
            Awaitility.await("a heartbeat").atMost(20, TimeUnit.SECONDS).until(() -> run.heartbeats() > beats);
            assertThat(run.error()).doesNotContain(FULL);
            run.endInput();
            assertThat(run.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void tool_directoryCannotBeMade_doesNotRun(String shell) throws Exception {
        Files.createFile(directory.resolve("spool"));
        try (WrappedRun run = start(shell, 3, 100, 1)) {
            run.awaitOutput(WrappedRun.trailer(1));
            assertThat(run.error()).doesNotContain("listening");
            run.endInput();
        }
    }

    @Test
    void intoFiles_standInUntilFull_isByteLimitAndProven() throws Exception {
        List<String> writer = new ArrayList<>(StandIn.of(directory, WRITER));
        writer.add("3");
        MemorySink sink = new MemorySink();
        RunningCapture capture = RemoteTcpdump.of(Requests.of("any", "tcp"))
                .enter(writer)
                .intoFiles(spool.toString(), 1, 2, 100, 200)
                .start(SpoolScriptTest::local, sink, new LooseContext());
        assertThat(ending(capture)).isEqualTo(Ending.whole(EndCause.BYTE_LIMIT, ToolCounters.of(3, 4, 1)));
        capture.close();
        assertThat(sink.octets()).isEmpty();
        assertPrivate(3);
    }

    @Test
    void intoFiles_realToolUntilFull_isByteLimitAndProven() throws Exception {
        assumeTrue(WrappedRun.has("tcpdump"), "this machine has no tcpdump");
        assumeTrue(
                new ProcessBuilder("tcpdump", "-i", "lo", "-d").start().waitFor() == 0,
                "tcpdump may not look at lo here");
        MemorySink sink = new MemorySink();
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket receiver = new DatagramSocket(0, loopback);
                DatagramSocket sender = new DatagramSocket(0, loopback)) {
            CaptureRequest request =
                    Requests.of("lo", "udp port " + receiver.getLocalPort()).withKernelBuffer(16L << 20);
            RunningCapture capture = RemoteTcpdump.of(request)
                    .user("root")
                    .intoFiles(spool.toString(), 1, 1, 100, 200)
                    .start(SpoolScriptTest::local, sink, new LooseContext());
            byte[] large = new byte[20_000];
            Awaitility.await("the end").atMost(20, TimeUnit.SECONDS).until(() -> {
                for (int i = 0; i < 10; i++) {
                    sender.send(new DatagramPacket(large, large.length, loopback, receiver.getLocalPort()));
                }
                return capture.ended().toCompletableFuture().isDone();
            });
            Ending ending = ending(capture);
            capture.close();
            assertThat(ending).returns(EndCause.BYTE_LIMIT, Ending::cause).returns(true, Ending::proven);
            assertThat(ending.counters().captured().orElseThrow()).isGreaterThan(50);
        }
        assertThat(sink.octets()).isEmpty();
        assertThat(spool.resolve("packets.pcap001")).exists();
        assertThat(Files.size(spool.resolve("packets.pcap000"))).isGreaterThan(1_000_000);
        assertThat(Files.getPosixFilePermissions(spool.resolve("packets.pcap000")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private WrappedRun start(String shell, long files, long filesOfAll, int written) throws IOException {
        assumeTrue(WrappedRun.has(shell));
        List<String> tool = new ArrayList<>(StandIn.of(directory, WRITER));
        tool.addAll(List.of(Integer.toString(written), "-w", spool + "/packets.pcap"));
        List<String> command = SpoolScript.command(spool.toString(), files, filesOfAll, tool);
        List<String> argv = new ArrayList<>(Arrays.asList(shell.split(" ")));
        argv.addAll(command.subList(1, command.size()));
        return WrappedRun.start(shell, LEASE, argv);
    }

    private static RemoteProcess local(List<String> argv) throws IOException {
        return RemoteProcess.of(new ProcessBuilder(argv).start());
    }

    private static Ending ending(RunningCapture capture) throws Exception {
        return capture.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void assertPrivate(int files) throws IOException {
        assertThat(Files.getPosixFilePermissions(spool)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var all = Files.list(spool)) {
            assertThat(all)
                    .hasSize(files)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static void assertNothingLeft(WrappedRun run) {
        Awaitility.await("processes left, the watch too")
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(run.processes()).isEmpty());
    }
}
