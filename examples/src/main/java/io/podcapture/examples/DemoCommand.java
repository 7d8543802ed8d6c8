package io.podcapture.examples;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureListener;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.testkit.FakeMachine;
import io.podcapture.testkit.FakeNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podcapture demo}: the main job in one command, also where there is no cluster. */
@Command(
        name = "demo",
        description = "Captures a pod for ten seconds; without a cluster it shows the same on made packets.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String WITHOUT_CLUSTER = "DEMO WITHOUT CLUSTER";
    private static final int ASK_MILLIS = 3000;

    @Parameters(paramLabel = "POD", arity = "0..1", description = "A pod's name, or pod/NAME, deploy/NAME.")
    private Optional<String> pod = Optional.empty();

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
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "File to write; demo.pcapng by default.")
    private Path file = Path.of("demo.pcapng");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (pod.isEmpty()) {
            return withoutCluster("no pod was named");
        }
        Config config = Config.autoConfigure(null);
        Optional<String> missing = whyNotReachable(config);
        if (missing.isPresent()) {
            return withoutCluster(missing.get());
        }
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            String scope = namespace.orElseGet(
                    () -> Optional.ofNullable(client.getNamespace()).orElse("default"));
            KubernetesMethods.Builder methods = KubernetesMethods.builder(client);
            image.ifPresent(methods::image);
            CaptureSession.Builder session = CaptureSession.builder()
                    .target(Target.parse(pod.get(), scope))
                    .via(methods.build().auto())
                    .maxDuration(Duration.ofSeconds(10))
                    .writeTo(file);
            return run(session);
        }
    }

    private Optional<String> whyNotReachable(Config config) {
        Config impatient = new ConfigBuilder(config)
                .withConnectionTimeout(ASK_MILLIS)
                .withRequestTimeout(ASK_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            client.getKubernetesVersion();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(
                    e.getCode() == 0
                            ? "no cluster answers at " + config.getMasterUrl() + " (set KUBECONFIG)"
                            : "the cluster at " + config.getMasterUrl() + " refuses: " + e.getMessage());
        }
    }

    // The same session, over machines that exist only in memory.
    private Integer withoutCluster(String missing) throws Exception {
        spec.commandLine().getErr().println(WITHOUT_CLUSTER + ": " + missing + "; here is the same on made packets");
        FakeNetwork network = new FakeNetwork();
        FakeMachine cart = network.add("cart");
        FakeMachine db = network.add("db");
        CaptureSession.Builder session = CaptureSession.builder()
                .target(network.all())
                .via(MethodChoice.inOrder(network.method()))
                .maxDuration(Duration.ofSeconds(2))
                .comment(WITHOUT_CLUSTER)
                .listener(new CaptureListener() {
                    @Override
                    public void ready(CapturePoint point, String interfaceName, String method) {
                        (point.equals(cart.point()) ? cart : db).send(100);
                    }
                })
                .writeTo(file);
        int status = run(session);
        spec.commandLine().getErr().println(WITHOUT_CLUSTER + ": these packets were made, not captured");
        return status;
    }

    private int run(CaptureSession.Builder session) throws Exception {
        int status = new CaptureRun(spec.commandLine(), session, new OutputFile(file, Optional.empty()), false).call();
        spec.commandLine().getErr().println("open " + file + " with Wireshark, or: tcpdump -n -r " + file);
        return status;
    }
}
