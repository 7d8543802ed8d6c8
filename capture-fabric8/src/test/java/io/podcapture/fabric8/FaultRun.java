package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.StartFailurePolicy;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedClusterBuilder;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** One run: a session that captures the hosts of a wire while something goes wrong, all of it chosen by a seed. */
final class FaultRun {
    private static final long PAUSE_MILLIS = 300;

    private final long seed;
    private final RunWire wire;
    private final String method;
    private final Http http;
    private final String victim;
    private final Mishap mishap;
    private final int moment;
    private final StartFailurePolicy policy;
    private final boolean stopsAtOnce;
    private final List<RunWire.Step> steps;
    private final List<SimulatedImage> images;

    FaultRun(long seed) throws Exception {
        this.seed = seed;
        Random random = new Random(seed);
        wire = new RunWire(seed, random);
        steps = wire.steps();
        method = RunWire.any(List.of("exec", "ephemeral", "pod", "auto"), random);
        http = RunWire.any(List.of(Http.values()), random);
        victim = RunWire.any(wire.hosts, random);
        moment = random.nextInt(steps.size() + 1);
        policy = RunWire.any(List.of(StartFailurePolicy.values()), random);
        stopsAtOnce = random.nextBoolean();
        images = wire.hosts.stream()
                .map(host -> method.equals("exec") || method.equals("auto") && random.nextBoolean()
                        ? SimulatedImage.TOOLS
                        : SimulatedImage.NO_SHELL)
                .collect(Collectors.toList());
        long octets = 24
                + wire.truth(victim, ClockJump.NONE).stream()
                        .mapToLong(kept -> 16 + kept.data().remaining())
                        .sum();
        long middle = steps.get(moment % steps.size()).packet().timestampNanos();
        mishap = new Mishaps(random, victim, octets, middle, method.equals("auto")).next();
    }

    /** Runs it, and checks what was promised. */
    void run(Path directory) throws Exception {
        try (SimulatedCluster cluster = cluster();
                KubernetesClient client = client(cluster)) {
            RunPlace place = new RunPlace(cluster, namespace(), victim, method.equals("pod"));
            SortedSet<String> before = cluster.inventory();
            RunPromises promises = new RunPromises(wire, mishap, victim, directory);
            mishap.before(place);
            try (CaptureSession session = session(client, directory).start()) {
                show(place);
                await(session);
                CaptureResult result = session.stop();
                promises.ofResult(result);
                promises.nothingIsLeft(cluster, before, RunPromises.told(result), namespace());
            } catch (CaptureException e) {
                promises.ofFailure(e, policy);
                promises.nothingIsLeft(cluster, before, RunPromises.told(e), namespace());
            }
        }
    }

    private void show(RunPlace place) {
        for (int i = 0; i < steps.size(); i++) {
            if (i == moment) {
                mishap.amid(place);
            }
            RunWire.Step step = steps.get(i);
            if (place.isThere(step.host())) {
                place.cluster()
                        .pod(namespace(), step.host())
                        .see(
                                step.packet().interfaceName(),
                                step.packet().sent(),
                                mishap.jump.seen(step.host(), step.packet().timestampNanos()),
                                step.packet().data());
            }
        }
        if (moment == steps.size()) {
            mishap.amid(place);
        }
    }

    // What breaks may do so before the stop, or only then.
    private void await(CaptureSession session) throws InterruptedException, ExecutionException {
        try {
            session.ended().get(stopsAtOnce ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It runs.
        }
    }

    private SimulatedCluster cluster() throws Exception {
        SimulatedClusterBuilder builder =
                SimulatedCluster.builder().node("a").node("b").blockTimeout(Duration.ofMillis(20));
        builder.pod(namespace(), "other");
        if (!method.equals("pod")) {
            for (String host : wire.hosts) {
                SimulatedImage image = images.get(wire.hosts.indexOf(host));
                builder.pod(
                        namespace(), host, pod -> pod.node(RunWire.nodeOf(host)).container("app", image));
            }
        }
        return builder.start();
    }

    private KubernetesClient client(SimulatedCluster cluster) {
        Config config = Config.fromKubeconfig(cluster.kubeconfig());
        config.setRequestTimeout((int) mishap.requestTimeout.toMillis());
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(http.factory())
                .build();
    }

    private CaptureSession.Builder session(KubernetesClient client, Path directory) {
        CaptureSession.Builder builder = CaptureSession.builder()
                .via(methods(client))
                .interfaces(wire.interfaceName)
                .filter(wire.filter)
                .snaplen(wire.snaplen)
                .startTimeout(mishap.startTimeout)
                .stopTimeout(mishap.stopTimeout)
                .onStartFailure(policy)
                .executor(new RunThreads(namespace()))
                .writeTo(directory.resolve("run.pcapng"));
        wire.hosts.forEach(host -> builder.target(target(host)));
        return builder;
    }

    private MethodChoice methods(KubernetesClient client) {
        KubernetesMethods methods = KubernetesMethods.using(client);
        MethodChoice choice =
                switch (method) {
                    case "exec" -> methods.exec();
                    case "ephemeral" -> methods.ephemeral();
                    case "pod" -> methods.pod();
                    default -> methods.auto();
                };
        return mishap.disk
                .map(disk -> MethodChoice.inOrder(
                        choice.methods().stream().map(disk::under).toArray(CaptureMethod[]::new)))
                .orElse(choice);
    }

    private Target target(String host) {
        return method.equals("pod") ? Target.parse("debugpod/" + host, namespace()) : Targets.pod(namespace(), host);
    }

    private String namespace() {
        return "run-" + seed;
    }

    /** Says all that the seed has chosen. */
    @Override
    public String toString() {
        return "seed " + seed + ": " + method + " of " + wire.hosts.size() + " hosts on " + wire.interfaceName
                + ", filter \""
                + wire.filter + "\", snaplen " + wire.snaplen + ", " + http + ", " + policy + "; " + victim + " by "
                + images.get(wire.hosts.indexOf(victim)) + ": " + mishap + ", at packet " + moment + " of "
                + steps.size()
                + (stopsAtOnce ? ", stopped at once" : "");
    }
}
