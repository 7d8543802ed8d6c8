package io.podcapture.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podcapture capture}. */
@Command(
        name = "capture",
        description = "Captures pods and nodes until a limit or Ctrl-C, into one pcapng file.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:complete",
            "1:failed",
            "2:wrong usage",
            "3:a file was written, but packets were lost or it ends early"
        })
final class CaptureCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace; the context's by default.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = {"-m", "--method"},
            paramLabel = "METHOD",
            parameterConsumer = NamedTargets.Method.class,
            description =
                    "exec, ephemeral, node, pod, sidecar or upload, for the targets after it. Without it: exec where a"
                            + " container can run tcpdump, else ephemeral.")
    private String method = "";

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "LABELS",
            parameterConsumer = NamedTargets.Labels.class,
            description = "A target: all pods with these labels, for instance app=web.")
    private List<String> labels = new ArrayList<>();

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..*",
            parameterConsumer = NamedTargets.Words.class,
            description =
                    "KIND/NAME, or a pod's name. Kinds as kubectl spells them: pod, deploy, sts, ds, rs, job, svc,"
                            + " dc, ns for all pods of a namespace, node for a node's own traffic.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-c", "--container"},
            paramLabel = "CONTAINER",
            description = "Container to run tcpdump in, for exec and upload.")
    private Optional<String> container = Optional.empty();

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
            names = "--image",
            paramLabel = "IMG",
            description = "Image for helper containers; it needs sh and tcpdump.")
    private Optional<String> image = Optional.empty();

    @Option(
            names = "--helper-namespace",
            paramLabel = "NS",
            description = "Namespace of helper pods; that of the target, or the context's for a node, by default.")
    private Optional<String> helperNamespace = Optional.empty();

    @Option(
            names = "--tcpdump",
            paramLabel = "ARCH=FILE",
            description = "Static tcpdump for upload, by architecture: amd64 or arm64.")
    private Map<String, Path> tcpdumps = new LinkedHashMap<>();

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "File to write; - for standard output, at the end.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--json", description = "Prints the manifest on standard output at the end.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    final NamedTargets named = new NamedTargets();

    @Override
    public Integer call() throws Exception {
        if (named.targets().isEmpty()) {
            throw usage("name a target: pod/NAME, deploy/NAME, another KIND/NAME, or -l LABELS");
        }
        boolean toStdout = file.filter("-"::equals).isPresent();
        if (toStdout && json) {
            throw usage("-w - and --json both want standard output");
        }
        try (KubernetesClient client = cluster.client(spec.commandLine())) {
            KubernetesMethods.Builder methods = KubernetesMethods.builder(client);
            image.ifPresent(methods::image);
            helperNamespace.ifPresent(methods::helperNamespace);
            tcpdumps.forEach(methods::staticTcpdump);
            String scope = namespace.orElseGet(
                    () -> Optional.ofNullable(client.getNamespace()).orElse("default"));
            return run(methods.build(), scope).call();
        }
    }

    // What the builder refuses was typed wrong; what fails later was not.
    private CaptureRun run(KubernetesMethods methods, String scope) throws IOException {
        try {
            CaptureSession.Builder builder = describe(methods, scope);
            OutputFile output = OutputFile.of(file.orElseGet(this::fileName));
            return new CaptureRun(spec.commandLine(), builder.writeTo(output.path()), output, json);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private CaptureSession.Builder describe(KubernetesMethods methods, String scope) {
        CaptureSession.Builder builder = CaptureSession.builder();
        for (NamedTargets.Named each : named.targets()) {
            Target target = each.labels() ? Targets.pods(scope, each.text()) : parse(each.text(), scope);
            Target inContainer = container.map(target::container).orElse(target);
            builder.target(inContainer, on -> on.via(choice(methods, each.method())));
        }
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

    private Target parse(String text, String scope) {
        try {
            return Target.parse(text, scope);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private MethodChoice choice(KubernetesMethods methods, String name) {
        return switch (name) {
            case "" -> methods.inPod();
            case "exec" -> methods.exec();
            case "ephemeral" -> methods.ephemeral();
            case "node" -> methods.node();
            case "pod" -> methods.pod();
            case "sidecar" -> methods.sidecar();
            case "upload" -> {
                if (tcpdumps.isEmpty()) {
                    throw usage("the method upload needs --tcpdump ARCH=FILE: a static tcpdump");
                }
                yield methods.upload();
            }
            default ->
                throw usage("there is no method \"" + name
                        + "\"; there are exec, ephemeral, node, pod, sidecar and upload");
        };
    }

    private String fileName() {
        String first = named.targets().get(0).text().replaceAll("[^A-Za-z0-9.-]+", "-");
        return first + "-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now()) + ".pcapng";
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
