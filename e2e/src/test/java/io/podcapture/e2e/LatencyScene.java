package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.pcap.PacketCursor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A pod for one round of measurements: ephemeral containers stay in a pod, and would make it larger for those that come
 * later.
 *
 * @param pod sends a datagram every 5 ms
 * @param node where it runs
 */
record LatencyScene(TestCluster cluster, Path directory, String pod, String node) {
    /** What is captured. */
    static final String FILTER = "udp port 9";

    static LatencyScene make(TestCluster cluster, Path directory) {
        InputStream yaml = Objects.requireNonNull(LatencyScene.class.getResourceAsStream("latency-pod.yaml"));
        Pod made = (Pod) cluster.client()
                .load(yaml)
                .inNamespace(cluster.namespace())
                .create()
                .get(0);
        String name = made.getMetadata().getName();
        cluster.awaitReady(name);
        return new LatencyScene(
                cluster, directory, name, cluster.pod(name).getSpec().getNodeName());
    }

    void remove() {
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(pod)
                .withTimeout(60, TimeUnit.SECONDS)
                .delete();
    }

    Path newFile() throws IOException {
        return Files.createTempFile(directory, "capture-", ".pcap");
    }

    /** Captures on for a while, so that the stop comes at any moment of the second in which the kernel holds packets back. */
    static void untilSomeMoment() {
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(300 + ThreadLocalRandom.current().nextInt(1000)));
    }

    /** Returns the milliseconds between a moment and the first packet of a file; empty where there is none yet. */
    static OptionalLong untilFirstPacket(Path file, long startMillis) {
        try (PacketCursor cursor = PacketCursor.open(file).tolerateTruncation()) {
            return cursor.next()
                    ? OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(cursor.timestampNanos()) - startMillis)
                    : OptionalLong.empty();
        } catch (IOException tooShort) {
            return OptionalLong.empty();
        }
    }
}
