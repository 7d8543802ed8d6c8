package io.podcapture.examples.k3s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.examples.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code examples/try --k3s}: the demo on two pods in k3s in Docker. Arguments: what {@code podcapture demo} has beside targets. */
public final class K3sDemo {
    private K3sDemo() {}

    /** Starts the cluster, captures in it, removes it, and exits with the capture's status. */
    public static void main(String[] args) throws Exception {
        int status = 1;
        try {
            status = run(args);
        } catch (IllegalStateException e) {
            System.err.println("podcapture: " + e.getMessage());
        }
        System.exit(status);
    }

    private static int run(String[] args) throws Exception {
        if (!K3s.isPossible()) {
            throw new IllegalStateException("no Docker engine answers: start Docker or set DOCKER_HOST;"
                    + " without --k3s the demo needs neither Docker nor a cluster");
        }
        System.err.println("Starting k3s in Docker; at first its images are pulled, which takes some minutes.");
        Path kubeconfig = Files.createTempFile("podcapture-k3s", ".yaml");
        try (K3s k3s = K3s.start();
                KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(k3s.config()).build()) {
            Files.writeString(kubeconfig, k3s.kubeconfig());
            System.setProperty("kubeconfig", kubeconfig.toString());
            try (Customer customer = new Customer(Shop.open(client))) {
                customer.begin();
                List<String> demo = List.of("demo", "-n", "default", "--duration", "5s", "pod/buyer", "pod/web");
                return Main.run(Stream.concat(demo.stream(), Stream.of(args)).toArray(String[]::new));
            }
        } finally {
            Files.delete(kubeconfig);
        }
    }
}
