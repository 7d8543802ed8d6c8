package io.podcapture.examples;

import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is captured, and by which methods. */
final class MethodOptions {
    @Mixin
    private ClusterSettings cluster = new ClusterSettings();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(
            names = {"-m", "--method"},
            paramLabel = "METHOD",
            parameterConsumer = NamedTargets.Method.class,
            description =
                    "auto, exec, ephemeral, node, pod, sidecar or upload, without Kubernetes docker, netns or local, for the"
                            + " targets after it; the last word, for those without one. Otherwise auto:"
                            + " the first of exec, ephemeral, upload, node and pod that works; without Kubernetes"
                            + " what suits the target.")
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
                            + " dc, ns for all pods of a namespace, node for a node's own traffic. Without Kubernetes:"
                            + " docker/NAME for a container of Docker or Podman, containerhost/engine for the machine it"
                            + " runs on, pid/N for a process, netns/NAME or netns/PATH for a network namespace,"
                            + " local/INTERFACE for this machine itself.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-c", "--container"},
            paramLabel = "CONTAINER",
            description = "Container of pods to run tcpdump in, for exec and upload.")
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

    private final NamedTargets named = new NamedTargets();

    NamedTargets named() {
        return named;
    }

    /** Returns a client of the cluster, which nothing asks yet; the caller closes it. */
    ClientOnDemand client(CommandLine command) {
        return cluster.client(command);
    }

    /**
     * Begins a session with the targets and their methods.
     *
     * @throws IllegalArgumentException if something was typed wrong
     */
    CaptureSession.Builder session(ClientOnDemand client) {
        if (named.targets().isEmpty()) {
            throw new IllegalArgumentException(
                    "name a target: pod/NAME, deploy/NAME, another KIND/NAME, or -l LABELS; docker/NAME, pid/N,"
                            + " netns/NAME or local/INTERFACE without Kubernetes");
        }
        MachinePlace machine = new MachinePlace(image, engine.command());
        Place pods = new ClusterPlace(cluster, client, image);
        TargetMethods methods = new TargetMethods(without);
        CaptureSession.Builder session = CaptureSession.builder();
        boolean containerUnused = container.isPresent();
        for (NamedTargets.Named each : named.targets()) {
            Optional<Target> here = machine.target(each);
            Target target = here.or(() -> pods.target(each)).orElseThrow();
            MethodChoice choice = methods.of(here.isPresent() ? machine : pods, target, each.method());
            boolean inContainer = here.isEmpty() && container.isPresent();
            session.target(inContainer ? target.container(container.get()) : target, on -> {
                on.via(choice);
                machine.interfaceOf(each).ifPresent(on::interfaces);
            });
            containerUnused &= !inContainer;
        }
        methods.requireUseOfAll();
        if (containerUnused) {
            throw new IllegalArgumentException("-c names a container of pods, and no target is one; docker/"
                    + container.orElse("NAME") + " captures a container of Docker or Podman");
        }
        return session;
    }
}
