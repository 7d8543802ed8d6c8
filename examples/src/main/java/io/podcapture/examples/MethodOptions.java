package io.podcapture.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is captured, and by which methods. */
final class MethodOptions {
    private static final List<String> NAMES = List.of("exec", "ephemeral", "node", "pod", "sidecar", "upload");

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
                    "auto, exec, ephemeral, node, pod, sidecar or upload, for the targets after it; the last word,"
                            + " for those without one. Otherwise auto:"
                            + " the first of exec, ephemeral, upload, node and pod that works.")
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
            names = "--without",
            paramLabel = "METHOD",
            description = "A method that auto must not take; may be given several times.")
    private List<String> without = new ArrayList<>();

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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private final NamedTargets named = new NamedTargets();

    NamedTargets named() {
        return named;
    }

    /** Makes a client of the cluster; the caller closes it. */
    KubernetesClient client(CommandLine command) {
        return cluster.client(command);
    }

    /**
     * Begins a session with the targets and their methods.
     *
     * @throws ParameterException if something was typed wrong
     */
    CaptureSession.Builder session(KubernetesClient client) {
        if (named.targets().isEmpty()) {
            throw usage("name a target: pod/NAME, deploy/NAME, another KIND/NAME, or -l LABELS");
        }
        KubernetesMethods.Builder builder = KubernetesMethods.builder(client);
        image.ifPresent(builder::image);
        helperNamespace.ifPresent(builder::helperNamespace);
        tcpdumps.forEach(builder::staticTcpdump);
        KubernetesMethods methods = builder.build();
        String scope = namespace.orElseGet(
                () -> Optional.ofNullable(client.getNamespace()).orElse("default"));
        CaptureSession.Builder session = CaptureSession.builder();
        for (NamedTargets.Named each : named.targets()) {
            Target target = each.labels() ? Targets.pods(scope, each.text()) : parse(each.text(), scope);
            Target inContainer = container.map(target::container).orElse(target);
            MethodChoice choice = choice(methods, each.method());
            session.target(inContainer, on -> on.via(choice));
        }
        return session;
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
            case "", "auto" -> allowed(methods.auto());
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
            default -> throw usage("there is no method \"" + name + "\"; there are auto, " + String.join(", ", NAMES));
        };
    }

    private MethodChoice allowed(MethodChoice all) {
        try {
            MethodChoice left = all;
            for (String name : without) {
                // A name that nobody has would forbid nothing, and be noticed too late.
                if (!NAMES.contains(name)) {
                    throw usage("--without knows no method \"" + name + "\"; there are " + String.join(", ", NAMES));
                }
                left = left.without(name);
            }
            return left;
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
