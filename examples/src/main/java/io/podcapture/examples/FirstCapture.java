package io.podcapture.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CapturedPackets;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.io.IOException;
import java.nio.file.Path;

/** The library in its smallest form: a deployment's traffic while something happens. Arguments: namespace, deployment. */
public final class FirstCapture {
    private FirstCapture() {}

    /** Captures, and tells how many packets each pod had. */
    public static void main(String[] args) throws IOException {
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                CaptureSession session = CaptureSession.builder()
                        .target(Targets.deployment(args[0], args[1]))
                        .via(KubernetesMethods.using(client).auto())
                        .writeTo(Path.of("first.pcapng"))
                        .start()) {
            System.out.println("capturing; press Enter to stop");
            System.in.read();
            CaptureResult result = session.stop().requireComplete();
            result.points()
                    .forEach(point -> System.out.println(
                            point.point() + ": " + point.statistics().packets()));
            printFirst(result);
        }
    }

    private static void printFirst(CaptureResult result) throws IOException {
        try (CapturedPackets packets = result.packets()) {
            if (packets.next()) {
                System.out.println("the first packet was seen at " + packets.point() + ", "
                        + packets.packet().timestamp());
            }
        }
    }
}
