package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches files with the scripts in shells of this machine. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class SidecarScriptsTest {
    private static final String USUAL = "/usr/bin:/bin";

    @TempDir
    private Path directory;

    private final MemorySink sink = new MemorySink();
    private final List<LocalSpool> shells = new ArrayList<>();
    private Path spool;

    @BeforeEach
    void makeSpool() throws IOException {
        spool = Files.createDirectory(directory.resolve("a spool's $(files)"));
    }

    @AfterEach
    void killAll() {
        shells.forEach(LocalSpool::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void fetch_withTar_isOneArchiveInOrder(String name) throws Exception {
        write(12);
        Files.writeString(spool.resolve("notes"), "no capture");
        LocalSpool shell = shell(name, USUAL);
        fetch(shell, sink);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + packets(12));
        assertThat(shell.ends()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void forget_deadSessions_removesTheirFilesButForThoseInUse(String name) throws Exception {
        for (String capture : List.of("dead-1", "dead-2", "slow-1", "slow-2", "living-1", "dead", "deader-1")) {
            Files.writeString(Files.createDirectory(spool.resolve(capture)).resolve("packets.pcap00"), "packet");
        }
        Process used = new ProcessBuilder(
                        "tail", "-f", spool.resolve("slow-2/packets.pcap00").toString())
                .start();
        try {
            assertThat(LocalShell.output(
                            name, SidecarScripts.forget(spool.toString(), List.of("dead", "slow", "gone"))))
                    .isEmpty();
            try (Stream<Path> left = Files.list(spool)) {
                assertThat(left.map(Path::getFileName).map(Path::toString))
                        .containsExactlyInAnyOrder("slow-2", "living-1", "dead", "deader-1");
            }
        } finally {
            used.destroyForcibly().waitFor();
        }
    }

    // Not busybox, which finds its own tar on every path.
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void fetch_withoutTar_isOneFileAfterTheOther(String name) throws Exception {
        write(3);
        LocalSpool shell = shell(name, LocalSpool.pathOf(directory.resolve("bin"), "cat", "wc"));
        fetch(shell, sink);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + packets(3));
        assertThat(shell.ends()).containsExactly(67, 0, 0, 0, 66);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void fetch_noFileOrDirectory_saysSo(String name) throws Exception {
        LocalSpool shell = shell(name, USUAL);
        assertThatThrownBy(() -> fetch(shell, sink)).hasMessageStartingWith("there is no file of packets in ");
        Files.delete(spool);
        assertThatThrownBy(() -> fetch(shell, sink)).hasMessageStartingWith("there is no file of packets in ");
        assertThat(shell.ends()).containsExactly(66, 66);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void fetch_sinkIsFull_leavesNoProcess(String name) throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.writeString(spool.resolve("packets.pcap00" + i), "x".repeat(1_000_000));
        }
        LocalSpool shell = shell(name, USUAL);
        assertThatThrownBy(() -> fetch(shell, new MemorySink(1_500_000))).isInstanceOf(PacketStream.Full.class);
        assertThat(shell.ends()).singleElement().as("tar's, broken off").isNotEqualTo(0);
        assertThat(shell.started.get(0).descendants()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void fetch_tarFails_tellsItsStatus(String name) throws Exception {
        write(1);
        String path = LocalSpool.pathOf(directory.resolve("bin"), "cat");
        Path archive = Files.write(directory.resolve("archive"), Archives.of("one"));
        Path tar = Files.writeString(directory.resolve("bin/tar"), "#!/bin/sh\ncat '" + archive + "'\nexit 2\n");
        assertThat(tar.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> fetch(shell(name, path), sink)).hasMessageEndingWith("ended with status 2");
        assertThat(sink.octets()).asString().endsWith("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void file_each_comesBehindItsSize(String name) throws Exception {
        write(3);
        for (int i = 0; i < 3; i++) {
            assertThat(LocalShell.output(name, SidecarScripts.file(spool.toString(), i)))
                    .isEqualTo("34\n" + Archives.HEADER + "packet 00" + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dash, 0, 0",
        "dash, 2, 2",
        "dash, 2, 9",
        "bash, 0, 0",
        "bash, 2, 2",
        "bash, 2, 9",
        "busybox sh, 0, 0",
        "busybox sh, 2, 2",
        "busybox sh, 2, 9"
    })
    void file_behindTheLast_isNotThere(String name, int count, int before) throws Exception {
        write(count);
        LocalSpool shell = shell(name, USUAL);
        shell.start(SidecarScripts.file(SidecarContainer.DIRECTORY + "/x", before), Duration.ZERO);
        assertThat(shell.ends()).containsExactly(66);
    }

    // It cannot have ended before it has read the word, and so the word is not there for who comes after it.
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void scripts_whenAllIsSent_waitToBeTold(String name) throws Exception {
        write(1);
        for (List<String> command :
                List.of(SidecarScripts.tar(spool.toString()), SidecarScripts.file(spool.toString(), 0))) {
            List<String> outer = new ArrayList<>(List.of("sh", "-c", "\"$@\"; echo \"status $?\"; cat", "outer"));
            outer.addAll(LocalShell.builder(name, command).command());
            Process process = LocalShell.start("dash", outer);
            process.getOutputStream().write("ack\nthe rest\n".getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().close();
            assertThat(process.getInputStream().readAllBytes()).asString().endsWith("status 0\nthe rest\n");
        }
    }

    private LocalSpool shell(String name, String path) {
        LocalSpool shell = new LocalSpool(name, spool, path);
        shells.add(shell);
        return shell;
    }

    private static void fetch(LocalSpool shell, MemorySink into) throws Exception {
        new SpoolFiles(shell, new LooseContext(), into).fetch(true);
    }

    private void write(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.writeString(spool.resolve(String.format("packets.pcap%03d", i)), Archives.HEADER + packet(i));
        }
    }

    private static String packets(int count) {
        return IntStream.range(0, count).mapToObj(SidecarScriptsTest::packet).collect(Collectors.joining());
    }

    private static String packet(int number) {
        return String.format("packet %03d", number);
    }
}
