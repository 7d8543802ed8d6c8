package io.podcapture.examples.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A cluster of one node in a Docker container.
 *
 * <p>Two settings, each a system property or an environment variable: {@code podcapture.k3s.image} ({@code
 * PODCAPTURE_K3S_IMAGE}), the image, and {@code podcapture.k3s.archives} ({@code PODCAPTURE_K3S_ARCHIVES}), files of images for
 * pods, separated by commas, for a cluster that can pull none.
 */
public final class K3s implements AutoCloseable {
    private static final String DEFAULT_IMAGE = "rancher/k3s:v1.33.4-k3s1";

    private static final int PULL_MINUTES = 5;

    private final K3sContainer container;

    private K3s(K3sContainer container) {
        this.container = container;
    }

    /** Tells whether there is a Docker engine. */
    public static boolean isPossible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /**
     * Starts a cluster and waits until pods can run in it.
     *
     * @throws IllegalStateException if it cannot be had, with what to do
     */
    public static K3s start() {
        return start(setting("image").orElse(DEFAULT_IMAGE));
    }

    static K3s start(String image) {
        fetch(image);
        K3sContainer container =
                new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        container.start();
        K3s k3s = new K3s(container);
        k3s.load(setting("archives").orElse(""));
        k3s.awaitReady();
        return k3s;
    }

    /** Tells whether pods can run this image without pulling it. */
    public boolean hasImage(String image) {
        // The node tells some seconds later what was loaded.
        long seconds = setting("archives").isPresent() ? 60 : 1;
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config()).build()) {
            client.nodes()
                    .withName(nodeName(client))
                    .waitUntilCondition(node -> has(node, image), seconds, TimeUnit.SECONDS);
            return true;
        } catch (KubernetesClientTimeoutException absent) {
            return false;
        }
    }

    private static boolean has(@Nullable Node node, String image) {
        return node != null
                && node.getStatus().getImages().stream()
                        .anyMatch(known -> known.getNames().contains(image));
    }

    private static String nodeName(KubernetesClient client) {
        return client.nodes().list().getItems().get(0).getMetadata().getName();
    }

    /** Returns how to reach it. */
    public Config config() {
        return Config.fromKubeconfig(kubeconfig());
    }

    /** Returns the content of a kubeconfig. */
    public String kubeconfig() {
        return container.getKubeConfigYaml();
    }

    @Override
    public void close() {
        container.close();
    }

    // Left to itself, Testcontainers asks again and again for minutes for what no registry has.
    private static void fetch(String image) {
        DockerClient docker = DockerClientFactory.instance().client();
        try {
            docker.inspectImageCmd(image).exec();
        } catch (NotFoundException notHere) {
            try {
                docker.pullImageCmd(image).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
                docker.inspectImageCmd(image).exec();
            } catch (DockerClientException | DockerException e) {
                throw new IllegalStateException(
                        "Docker has no image " + image + " for k3s and cannot pull it; name one that it has with"
                                + " -Dpodcapture.k3s.image=IMAGE or PODCAPTURE_K3S_IMAGE",
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Docker pulls " + image, e);
            }
        }
    }

    private void load(String archives) {
        List<String> files =
                Stream.of(archives.split(",")).filter(file -> !file.isBlank()).toList();
        for (String file : files) {
            String inside = "/tmp/" + Path.of(file).getFileName();
            container.copyFileToContainer(MountableFile.forHostPath(file), inside);
            try {
                Container.ExecResult imported =
                        container.execInContainer("ctr", "-n", "k8s.io", "images", "import", inside);
                if (imported.getExitCode() != 0) {
                    throw new IllegalStateException(
                            "cannot load images from " + file + ": " + imported.getStdout() + imported.getStderr());
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot load images from " + file + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while images are loaded", e);
            }
        }
    }

    private void awaitReady() {
        long seconds = Duration.ofMinutes(2).toSeconds();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config()).build()) {
            client.nodes()
                    .withName(nodeName(client))
                    .waitUntilCondition(
                            known -> known != null && Readiness.getInstance().isReady(known),
                            seconds,
                            TimeUnit.SECONDS);
            client.serviceAccounts()
                    .inNamespace("default")
                    .withName("default")
                    .waitUntilCondition(account -> account != null, seconds, TimeUnit.SECONDS);
        }
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getProperty("podcapture.k3s." + name))
                .or(() -> Optional.ofNullable(System.getenv("PODCAPTURE_K3S_" + name.toUpperCase(Locale.ROOT))));
    }
}
