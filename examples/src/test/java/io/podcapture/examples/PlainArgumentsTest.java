package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PcapWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainArgumentsTest {
    @TempDir
    private Path directory;

    @Test
    void read_ofPlainOnes_givesOptionsAndOperands() {
        PlainArguments plain = PlainArguments.read("merge a -w out b".split(" "), Set.of("-w"));

        assertThat(plain.options()).containsOnly(java.util.Map.entry("-w", "out"));
        assertThat(plain.operands()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merge",
                "merge -w out",
                "merge a -w",
                "merge -w a -w b c",
                "merge -w=a b",
                "merge --help a",
                "merge -- a",
                "merge @file",
                "merge -w - a",
                "merge -w --json a"
            })
    void read_ofOthers_leavesThemToTheFullReader(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlainArguments.read(line.split(" "), Set.of("-w")));
    }

    @Test
    void run_ofPlainCommands_doesAsTheFullReaderDoes() throws IOException {
        Path input = directory.resolve("in");
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(input)) {
            for (int i = 0; i < 3; i++) {
                writer.write(i * 1_000_000_000L, ByteBuffer.allocate(60), 60);
            }
        }
        String output = directory.resolve("out").toString();

        assertThat(run("merge", "-w", output, "--format", "libpcap-safe", "--on-damage", "skip", input.toString()))
                .hasValue(0);
        assertThat(PacketFiles.statistics(Path.of(output)).read().format()).isEqualTo("pcapng");
        assertThat(run("slice", "--from", "1", "-w", output, input.toString())).hasValue(0);
        assertThat(PacketFiles.statistics(Path.of(output)).read().packets()).isEqualTo(2);
        assertThat(run("filter", "-w", output, "--format", "pcapng", "greater 60", input.toString()))
                .hasValue(0);
        assertThat(PacketFiles.statistics(Path.of(output)).read().packets()).isEqualTo(3);
        assertThat(run("convert", "-w", output, "--format", "pcapng", input.toString()))
                .hasValue(0);
        assertThat(PacketFiles.statistics(Path.of(output)).read().format()).isEqualTo("pcapng");
        assertThat(run("stats", input.toString())).hasValue(0);
        assertThat(run("stats", output + "none")).hasValue(1);
    }

    @Test
    void run_ofWhatIsWrongOrOther_doesNothing() {
        assertThat(run("merge", "-w", "out", "--format", "doc", "in")).isEmpty();
        assertThat(run("merge", "in")).isEmpty();
        assertThat(run("slice", "-w", "out", "--from", "yesterday", "in")).isEmpty();
        assertThat(run("filter", "-w", "out", "tcp")).isEmpty();
        assertThat(run("convert", "-w", "out", "in")).isEmpty();
        assertThat(run("filter", "-w", "out", "--format", "doc", "tcp", "in")).isEmpty();
        assertThat(run("capture", "pod/x")).isEmpty();
        assertThat(run()).isEmpty();
    }

    /** The second only when the file was read, for one of another link type may be glued on. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp prt 80", "arp"})
    void run_ofAWrongFilter_saysWhatTheFullReaderSays(String expression) throws IOException {
        Path input = directory.resolve("in");
        PcapWriter.builder(LinkType.RAW).open(input).close();
        Path output = directory.resolve("out");
        String[] args = {"filter", "-w", output.toString(), expression, input.toString()};

        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        assertThat(withError(plain, () -> run(args).orElseThrow())).isEqualTo(2);
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        assertThat(withError(full, () -> PodCapture.run(args))).isEqualTo(2);

        assertThat(plain).hasToString(full.toString(Charset.defaultCharset()));
        assertThat(plain.toString(Charset.defaultCharset()))
                .contains("bad filter at column", "\n  " + expression, "--help");
        assertThat(output).doesNotExist();
    }

    private static int withError(ByteArrayOutputStream error, IntSupplier running) {
        PrintStream before = System.err;
        System.setErr(new PrintStream(error, true, Charset.defaultCharset()));
        try {
            return running.getAsInt();
        } finally {
            System.setErr(before);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void run_ofAPipeAndAFilterThatIsWrongForIt_readsItOnce() throws Exception {
        Path input = directory.resolve("in");
        PcapWriter.builder(LinkType.RAW).open(input).close();
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = new Thread(() -> copy(input, pipe));
        writer.setDaemon(true);
        writer.start();

        ByteArrayOutputStream told = new ByteArrayOutputStream();
        String output = directory.resolve("out").toString();
        assertThat(withError(
                        told,
                        () -> run("filter", "-w", output, "arp", pipe.toString())
                                .orElseThrow()))
                .isEqualTo(2);
        writer.join();
        assertThat(told.toString(Charset.defaultCharset())).contains("bad filter at column 1");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.write(to, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.util.OptionalInt run(String... args) {
        return PlainFileCommand.run(args);
    }
}
