package io.podcapture.examples;

import io.podcapture.CaptureSession;
import io.podcapture.LiveTap;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code podcapture capture}. */
@Command(
        name = "capture",
        description = "Captures pods, nodes, containers and processes until a limit or Ctrl-C, into one pcapng file.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:complete",
            "1:failed",
            "2:wrong usage",
            "3:a file was written, but packets were lost or it ends early"
        })
final class CaptureCommand implements Callable<Integer>, NamedTargets.HasTargets {
    @Mixin
    private MethodOptions methods = new MethodOptions();

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description = "Network interface; any by default.")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "FILTER",
            description = "Capture filter, as for tcpdump.")
    private Optional<String> filter = Optional.empty();

    @Option(
            names = {"-s", "--snaplen"},
            paramLabel = "SNAPLEN",
            description = "Most octets kept of a packet.")
    private Optional<Integer> snaplen = Optional.empty();

    @Option(
            names = {"-B", "--buffer-size"},
            paramLabel = "KIB",
            description = "Kernel buffer in KiB; 65536 by default.")
    private Optional<Long> kernelBuffer = Optional.empty();

    @Option(names = "--duration", paramLabel = "TIME", description = "Ends after that time, for instance 10s.")
    private Optional<Duration> duration = Optional.empty();

    @Option(names = "--packets", paramLabel = "N", description = "Ends each capture after that many packets.")
    private Optional<Long> packets = Optional.empty();

    @Option(names = "--bytes", paramLabel = "N", description = "Ends each capture when its file has that many octets.")
    private Optional<Long> bytes = Optional.empty();

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "File to write; - for standard output, at the end.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--json", description = "Prints the manifest on standard output at the end.")
    private boolean json;

    @Option(
            names = "--text",
            description =
                    "Prints the packets on standard output while they are captured, as tcpdump -nn -vvv does; needs"
                            + " tcpdump on this machine.")
    private boolean text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public NamedTargets targets() {
        return methods.named();
    }

    @Override
    public Integer call() throws Exception {
        boolean toStdout = file.filter("-"::equals).isPresent();
        if (toStdout && json) {
            throw usage("-w - and --json both want standard output");
        }
        if (text && (toStdout || json)) {
            throw usage("--text and " + (toStdout ? "-w -" : "--json") + " both want standard output");
        }
        try (ClientOnDemand client = methods.client(spec.commandLine())) {
            return run(client).call();
        }
    }

    // What the builder refuses was typed wrong; what fails later was not.
    private CaptureRun run(ClientOnDemand client) throws IOException {
        try {
            CaptureSession.Builder builder = describe(client);
            OutputFile output = OutputFile.of(file.orElseGet(this::fileName));
            ResultWords words = new CaptureWords(spec.commandLine(), output, json);
            ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
            Happening during = text ? print(builder, progress) : untilItEnds -> {};
            return new CaptureRun(spec.commandLine(), builder.writeTo(output.path()), progress, output, words, during);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Happening print(CaptureSession.Builder builder, ProgressLine progress) {
        PrintedText printed = new PrintedText(spec.commandLine().getOut(), progress);
        builder.tap(LiveTap.text(printed::print));
        return printed;
    }

    private CaptureSession.Builder describe(ClientOnDemand client) {
        CaptureSession.Builder builder = methods.session(client);
        filter.ifPresent(builder::filter);
        if (!interfaces.isEmpty()) {
            builder.interfaces(interfaces.toArray(String[]::new));
        }
        snaplen.ifPresent(octets -> builder.snaplen(octets == 0 ? 262_144 : octets));
        kernelBuffer.ifPresent(kib -> builder.kernelBuffer(Math.multiplyExact(kib, 1024L)));
        duration.ifPresent(builder::maxDuration);
        packets.ifPresent(builder::maxPackets);
        bytes.ifPresent(builder::maxBytes);
        return builder;
    }

    private String fileName() {
        String first = methods.named().targets().get(0).text().replaceAll("[^A-Za-z0-9.-]+", "-");
        return first + "-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now()) + ".pcapng";
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
