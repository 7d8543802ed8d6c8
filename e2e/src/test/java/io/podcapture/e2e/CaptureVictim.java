package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.CaptureMethod;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that captures until it is killed. Arguments: namespace, target, method, file, whether its sink blocks, and a
 * filter.
 */
final class CaptureVictim {
    private CaptureVictim() {}

    public static void main(String[] args) {
        KubernetesClient client = TestCluster.newClient();
        boolean[] blocked = new boolean[1];
        CaptureMethod method =
                new SinkWrapping(choice(client, args[0], args[2]).methods().get(0), length -> {
                    while (blocked[0]) {
                        LockSupport.park();
                    }
                });
        CaptureSession session = CaptureSession.builder()
                .target(Target.parse(args[1], args[0]))
                .via(MethodChoice.inOrder(method))
                .filter(args[5])
                .writeTo(Path.of(args[3]))
                .build();
        System.out.println("session " + session.id());
        session.start();
        blocked[0] = Boolean.parseBoolean(args[4]);
        System.out.println("ready");
        session.ended().join();
    }

    // What it leaves is looked for in the namespace that is the test's alone.
    private static MethodChoice choice(KubernetesClient client, String namespace, String method) {
        KubernetesMethods methods =
                Way.methods(client).helperNamespace(namespace).build();
        return switch (method) {
            case "exec" -> methods.exec();
            case "ephemeral" -> methods.ephemeral();
            default -> Way.byMethod(method).choice(methods);
        };
    }
}
