package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    @Test
    void targets_keepTheirOrderAndTheMethodBeforeThem() {
        CommandLine line = PodCapture.commandLine();
        CaptureCommand command = line.getSubcommands().get("capture").getCommand();
        line.parseArgs(
                "capture", "pod/a", "-m", "exec", "deploy/b", "-l", "app=c", "-m", "ephemeral", "d", "-f", "tcp");
        assertThat(command.targets().targets())
                .containsExactly(
                        new NamedTargets.Named("pod/a", false, ""),
                        new NamedTargets.Named("deploy/b", false, "exec"),
                        new NamedTargets.Named("app=c", true, "exec"),
                        new NamedTargets.Named("d", false, "ephemeral"));
    }

    @Test
    void method_afterAllTargets_isForThoseWithoutOne() {
        CommandLine line = PodCapture.commandLine();
        CaptureCommand command = line.getSubcommands().get("capture").getCommand();
        line.parseArgs("capture", "pod/a", "-m", "exec", "b", "-m", "node");
        assertThat(command.targets().targets())
                .containsExactly(
                        new NamedTargets.Named("pod/a", false, "node"), new NamedTargets.Named("b", false, "exec"));
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "2m, PT2M", "1h, PT1H", "1m30s, PT1M30S"})
    void duration_asKubectlSpellsIt_isRead(String text, Duration duration) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "1d", "-1s", "1s x"})
    void duration_otherwise_isWrongUsage(String text) {
        assertThat(execute("capture", "--duration", text, "pod/x")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "capture",
                "capture -s 0x pod/x",
                "capture -m nosuch pod/x",
                "capture pod/",
                "capture -w - --json pod/x",
                "capture -w - --text pod/x",
                "capture --json --text pod/x",
                "nosuch"
            })
    void usage_wrong_exitsTwo(String line) {
        assertThat(execute(line.split(" "))).isEqualTo(2);
    }

    @Test
    void usage_wrong_saysWhatAndWhereToReadMore() {
        StringWriter err = new StringWriter();
        PodCapture.commandLine().setErr(new PrintWriter(err)).execute("plan", "--prob", "pod/x");
        assertThat(err.toString().lines())
                .containsExactly(
                        "podcapture: Unknown option: '--prob'",
                        "Possible solutions: --probe",
                        "'podcapture plan --help' tells what there is");
    }

    @Test
    void text_packetsToStandardOutputToo_isRefusedWithWords() {
        StringWriter err = new StringWriter();
        PodCapture.commandLine().setErr(new PrintWriter(err)).execute("capture", "--text", "-w", "-", "pod/x");
        assertThat(err.toString().lines()).first().isEqualTo("podcapture: --text and -w - both want standard output");
    }

    private static int execute(String... args) {
        return PodCapture.commandLine()
                .setErr(new PrintWriter(new StringWriter()))
                .execute(args);
    }
}
