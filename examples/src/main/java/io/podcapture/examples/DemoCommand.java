package io.podcapture.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podcapture demo}: the main job in one command, also where there is no cluster. */
@Command(
        name = "demo",
        description =
                "Captures a failing checkout in a simulated cluster, or for some seconds what is named in a real one.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration DURATION = Duration.ofSeconds(10);

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..*",
            description =
                    "In a real cluster: a pod's name, or KIND/NAME, as deploy/cart. Without, a simulated cluster.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace; the context's by default.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--image",
            paramLabel = "IMG",
            description = "Image for an ephemeral container; it needs sh and tcpdump.")
    private Optional<String> image = Optional.empty();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long a real cluster is captured; 10s by default.")
    private Optional<Duration> duration = Optional.empty();

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "File to write; demo.pcapng by default.")
    private Path file = Path.of("demo.pcapng");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (!targets.isEmpty()) {
            return real();
        }
        if (cluster.isNamed() || namespace.isPresent()) {
            throw usage("name what to capture in that cluster: a pod, or deploy/NAME; without --context and -n the demo"
                    + " makes a cluster of its own");
        }
        if (duration.isPresent()) {
            throw usage(
                    "--duration is for a target in a real cluster; a simulated one is captured until its checkouts are"
                            + " over");
        }
        return simulated();
    }

    private Integer simulated() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                "Simulated cluster: its pods and packets are made up; the code that captures them is that for real pods.");
        err.println("Three checkouts in a shop: front calls cart; cart asks dns for db and calls it. One will fail.");
        err.flush();
        try (SimulatedShop shop = SimulatedShop.open()) {
            CaptureRun run =
                    run(() -> session(shop.client(), shop.targets()).comment("made in a simulated cluster"), shop);
            int status = run.call();
            spec.commandLine()
                    .getOut()
                    .println("In a cluster of yours: examples/try [--context NAME] [-n NAMESPACE] POD");
            return status;
        }
    }

    private Integer real() throws IOException {
        try (KubernetesClient client = cluster.client(spec.commandLine())) {
            String scope = namespace.orElseGet(
                    () -> Optional.ofNullable(client.getNamespace()).orElse("default"));
            List<Target> named =
                    targets.stream().map(target -> parse(target, scope)).toList();
            CaptureRun run =
                    run(() -> session(client, named).maxDuration(duration.orElse(DURATION)), untilItEnds -> {});
            Optional<String> missing = ClusterAnswer.whyNone(client);
            if (missing.isPresent()) {
                spec.commandLine()
                        .getErr()
                        .println("podcapture: " + missing.get()
                                + "; without a target the demo needs no cluster, for it makes one");
                return FailureReport.FAILED;
            }
            return run.call();
        }
    }

    private CaptureSession.Builder session(KubernetesClient client, List<Target> named) {
        KubernetesMethods.Builder methods = KubernetesMethods.builder(client);
        image.ifPresent(methods::image);
        CaptureSession.Builder session =
                CaptureSession.builder().via(methods.build().auto()).writeTo(file);
        named.forEach(session::target);
        return session;
    }

    // What the builders refuse was typed wrong; what fails later was not.
    private CaptureRun run(Supplier<CaptureSession.Builder> session, Happening during) {
        OutputFile output = new OutputFile(file, Optional.empty());
        ResultWords words = new DemoWords(spec.commandLine().getOut(), file);
        try {
            ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
            return new CaptureRun(spec.commandLine(), session.get(), progress, output, words, during);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Target parse(String text, String scope) {
        try {
            return Target.parse(text, scope);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
