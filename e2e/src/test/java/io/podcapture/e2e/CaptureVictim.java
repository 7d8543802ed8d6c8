package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.CaptureMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that captures until it is killed. Arguments: namespace, directory, whether its sinks block, then a target, a method
 * and a filter for each capture.
 */
final class CaptureVictim {
    private static final int FIRST = 3;

    private CaptureVictim() {}

    public static void main(String[] args) {
        KubernetesClient client = TestCluster.newClient();
        boolean[] blocked = new boolean[1];
        List<CaptureSession> sessions = new ArrayList<>();
        for (int i = FIRST; i < args.length; i += 3) {
            CaptureMethod method = new SinkWrapping(
                    choice(client, args[0], args[i + 1]).methods().get(0), length -> {
                        while (blocked[0]) {
                            LockSupport.park();
                        }
                    });
            CaptureSession session = CaptureSession.builder()
                    .target(Target.parse(args[i], args[0]))
                    .via(MethodChoice.inOrder(method))
                    .filter(args[i + 2])
                    .startTimeout(Duration.ofMinutes(3))
                    .writeTo(Path.of(args[1], session(args[i + 2])))
                    .build();
            System.out.println("session " + session.id());
            sessions.add(session);
        }
        CompletableFuture.allOf(
                        sessions.stream().map(CaptureSession::startAsync).toArray(CompletableFuture<?>[]::new))
                .join();
        blocked[0] = Boolean.parseBoolean(args[2]);
        System.out.println("ready");
        sessions.forEach(session -> session.ended().join());
    }

    private static String session(String filter) {
        return filter.replaceAll(".* ", "victim-") + "-" + UUID.randomUUID() + ".pcapng";
    }

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
