package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.CaptureMethod;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A program that captures until it is killed. Arguments: namespace, pod, method, file, and whether its sink blocks. */
final class CaptureVictim {
    private CaptureVictim() {}

    public static void main(String[] args) {
        KubernetesClient client = TestCluster.newClient();
        KubernetesMethods methods =
                KubernetesMethods.builder(client).image("localhost/tools:1").build();
        MethodChoice choice = args[2].equals("exec") ? methods.exec() : methods.ephemeral();
        boolean[] blocked = new boolean[1];
        CaptureMethod method = new SinkWrapping(choice.methods().get(0), length -> {
            while (blocked[0]) {
                LockSupport.park();
            }
        });
        CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(args[0], args[1]))
                .via(MethodChoice.inOrder(method))
                .filter("udp port 9")
                .writeTo(Path.of(args[3]))
                .build();
        System.out.println("session " + session.id());
        session.start();
        blocked[0] = Boolean.parseBoolean(args[4]);
        System.out.println("ready");
        session.ended().join();
    }
}
