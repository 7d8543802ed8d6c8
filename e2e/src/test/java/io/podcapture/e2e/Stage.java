package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.Permission;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.fabric8.KubernetesPermissions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Where scenarios are played: a namespace with the pods of pods.yaml and perhaps the workloads of workloads.yaml, of a real
 * cluster or of a simulated one.
 */
interface Stage extends AutoCloseable {
    KubernetesClient client();

    /** Returns what a client of the same rights is made of. */
    Config clientConfig();

    String namespace();

    /**
     * Makes an account and returns its client, which the caller closes.
     *
     * @param rights in the stage's namespace, and no others
     */
    KubernetesClient account(String name, Collection<Permission> rights);

    /** Makes an account that may what a plan names for its method, and no more. */
    Grantee grantee(String name, KubernetesPermissions needed);

    /**
     * Returns what the environment of another process needs to reach the cluster.
     *
     * @param directory where files for it may be written
     */
    Map<String, String> environment(Path directory);

    /** Returns what a JVM needs besides, to find a tcpdump to bring. */
    List<String> jvmOptions();

    /** Begins with the image that this cluster has. */
    KubernetesMethods.Builder methods(KubernetesClient client);

    /** Begins with the image that this cluster has, and a tcpdump to bring; skips the test where there is none. */
    KubernetesMethods.Builder methodsWithTcpdump(KubernetesClient client);

    /** Returns what makes traffic in a container. */
    Sender sender(String pod, String container);

    /** Returns the interface by which a container's packets to an address leave. */
    String leavingInterface(String pod, String container, String address) throws Exception;

    default Pod pod(String name) {
        return client().pods().inNamespace(namespace()).withName(name).get();
    }

    /** Makes what a file beside this class describes, in the namespace. */
    default void make(String file) {
        InputStream yaml = Objects.requireNonNull(Stage.class.getResourceAsStream(file));
        client().load(yaml).inNamespace(namespace()).create();
    }

    default void awaitReady(String... pods) {
        for (String pod : pods) {
            client().pods().inNamespace(namespace()).withName(pod).waitUntilReady(60, TimeUnit.SECONDS);
        }
    }

    default String ip(String pod) {
        return pod(pod).getStatus().getPodIP();
    }

    @Override
    void close();
}
