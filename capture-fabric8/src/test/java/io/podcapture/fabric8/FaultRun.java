package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedClusterBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;

/** One run: a session that captures the hosts of a wire while something goes wrong. */
final class FaultRun {
    private static final long PAUSE_MILLIS = 300;

    private final RunPlan plan;

    FaultRun(RunPlan plan) {
        this.plan = plan;
    }

    /**
     * Runs it, and checks what was promised.
     *
     * @param again how to run it once more, for who reads that it failed
     */
    void run(Path directory, String again) throws Exception {
        Assumptions.assumeTrue(
                plan.method().isPossible(), "the program that upload brings runs on Linux, amd64 or arm64");
        try {
            run(directory);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(plan + "; again by " + again + "\n" + e.getMessage(), e);
        }
    }

    private void run(Path directory) throws Exception {
        try (SimulatedCluster cluster = cluster();
                KubernetesClient client = client(cluster);
                CaptureSession session = session(cluster, client, directory)) {
            RunPlace place = new RunPlace(cluster, plan.namespace(), plan.method(), plan.victim());
            RunRemains remains = new RunRemains(plan, cluster, directory, session.id());
            RunPromises promises = new RunPromises(plan);
            plan.mishap().before(place);
            try {
                session.start();
                show(place);
                await(session);
                CaptureResult result = session.stop();
                promises.ofResult(result);
                remains.requireNothing(RunRemains.told(result));
            } catch (CaptureException e) {
                promises.ofFailure(e);
                remains.requireNoFile();
                remains.requireNothing(RunRemains.told(e));
            }
        }
    }

    private void show(RunPlace place) {
        List<RunWire.Step> steps = plan.wire().steps();
        for (int i = 0; i < steps.size(); i++) {
            if (i == plan.moment()) {
                plan.mishap().amid(place);
            }
            RunWire.Step step = steps.get(i);
            place.pod(step.host())
                    .ifPresent(pod -> pod.see(
                            step.packet().interfaceName(),
                            step.packet().sent(),
                            plan.mishap().jump.seen(step.host(), step.packet().timestampNanos()),
                            step.packet().data()));
        }
        if (plan.moment() == steps.size()) {
            plan.mishap().amid(place);
        }
    }

    // What breaks may do so before the stop, or only then.
    private void await(CaptureSession session) throws InterruptedException, ExecutionException {
        try {
            session.ended().get(plan.stopsAtOnce() ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It runs.
        }
    }

    private SimulatedCluster cluster() throws IOException {
        SimulatedClusterBuilder builder =
                SimulatedCluster.builder().node("a").node("b").blockTimeout(Duration.ofMillis(20));
        builder.pod(plan.namespace(), "other");
        List<String> hosts = plan.wire().hosts;
        for (int i = 0; i < hosts.size(); i++) {
            plan.method()
                    .make(builder, plan.namespace(), hosts.get(i), plan.images().get(i));
        }
        return builder.start();
    }

    private KubernetesClient client(SimulatedCluster cluster) {
        Config config = Config.fromKubeconfig(cluster.kubeconfig());
        config.setRequestTimeout((int) plan.mishap().requestTimeout.toMillis());
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(plan.http().factory())
                .build();
    }

    private CaptureSession session(SimulatedCluster cluster, KubernetesClient client, Path directory)
            throws IOException {
        CaptureSession.Builder builder = CaptureSession.builder()
                .via(methods(cluster, client))
                .interfaces(plan.wire().interfaceName)
                .filter(plan.wire().filter)
                .snaplen(plan.wire().snaplen)
                .startTimeout(plan.mishap().startTimeout)
                .stopTimeout(plan.mishap().stopTimeout)
                .onStartFailure(plan.policy())
                .executor(new RunThreads(plan.namespace()))
                .writeTo(directory.resolve(RunRemains.FILE));
        plan.wire().hosts.forEach(host -> builder.target(plan.method().target(plan.namespace(), host)));
        return builder.build();
    }

    private MethodChoice methods(SimulatedCluster cluster, KubernetesClient client) throws IOException {
        MethodChoice choice = plan.method().choice(cluster, client);
        return plan.mishap()
                .disk
                .map(disk -> MethodChoice.inOrder(
                        choice.methods().stream().map(disk::under).toArray(CaptureMethod[]::new)))
                .orElse(choice);
    }
}
