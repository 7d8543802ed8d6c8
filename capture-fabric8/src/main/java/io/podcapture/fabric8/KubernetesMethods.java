package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.MethodChoice;
import io.podcapture.spi.TargetResolver;
import java.util.Objects;

/**
 * Makes the capture methods for pods of one cluster.
 *
 * <p>Targets are pods, by name or by labels, and deployments. The client stays the caller's: it is neither changed nor
 * closed, and must live longer than the sessions that use it. Immutable, safe for use by several threads.
 *
 * @since 0.1
 */
public final class KubernetesMethods {
    /** The image of ephemeral containers where the caller names none. */
    public static final String DEFAULT_IMAGE = "docker.io/nicolaka/netshoot:v0.13";

    private final Cluster cluster;
    private final String image;

    private KubernetesMethods(Cluster cluster, String image) {
        this.cluster = cluster;
        this.image = image;
    }

    /** Makes the methods for the client's cluster, with the default image. */
    public static KubernetesMethods using(KubernetesClient client) {
        return builder(client).build();
    }

    /** Begins with a client; for several clusters, or an image of one's own. */
    public static Builder builder(KubernetesClient client) {
        return new Builder(client);
    }

    /** Returns the method {@code exec} for the client's cluster; see {@link #exec()}. */
    public static MethodChoice exec(KubernetesClient client) {
        return using(client).exec();
    }

    /** Returns the method {@code ephemeral} for the client's cluster, with the default image; see {@link #ephemeral()}. */
    public static MethodChoice ephemeral(KubernetesClient client) {
        return using(client).ephemeral();
    }

    /** Returns both methods for the client's cluster, with the default image; see {@link #inPod()}. */
    public static MethodChoice inPod(KubernetesClient client) {
        return using(client).inPod();
    }

    /**
     * Returns the method {@code exec}: tcpdump runs in a container that the pod has already, the one that the target names or
     * else the first that has the tool. Nothing is created.
     *
     * <p>Needs {@code get} on pods, {@code get} and {@code create} on pods/exec; the container needs a shell, tcpdump and the
     * right to use raw sockets.
     */
    public MethodChoice exec() {
        return MethodChoice.inOrder(new ExecMethod(cluster));
    }

    /**
     * Returns the method {@code ephemeral}: tcpdump runs in an ephemeral container that is added to the pod, which is neither
     * restarted nor otherwise changed. The container ends with the session, or by itself soon after the session was killed;
     * its entry stays in the pod until the pod is deleted, since Kubernetes cannot remove it.
     *
     * <p>Needs {@code get}, {@code list} and {@code watch} on pods, {@code patch} on pods/ephemeralcontainers, {@code get} and
     * {@code create} on pods/exec; the image needs a POSIX shell and tcpdump.
     */
    public MethodChoice ephemeral() {
        return MethodChoice.inOrder(new EphemeralMethod(cluster, image));
    }

    /** Returns both methods: {@code exec} where a container of the pod can run tcpdump, else {@code ephemeral}. */
    public MethodChoice inPod() {
        return MethodChoice.inOrder(new ExecMethod(cluster), new EphemeralMethod(cluster, image));
    }

    /**
     * Returns what finds the pods of targets, for methods of one's own that are to be mixed with these. Two resolvers of the
     * same client and place are equal.
     */
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    /**
     * Puts methods together; not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final KubernetesClient client;
        private String place = "";
        private String image = DEFAULT_IMAGE;

        private Builder(KubernetesClient client) {
            this.client = Objects.requireNonNull(client, "client");
        }

        /** Sets what the cluster is called, in files and messages of sessions that span several. */
        public Builder place(String place) {
            this.place = Objects.requireNonNull(place, "place");
            return this;
        }

        /**
         * Sets the image of ephemeral containers. It needs a POSIX shell and tcpdump; it is pulled where it is not present.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder image(String image) {
            if (image.isBlank()) {
                throw new IllegalArgumentException("the image must not be blank");
            }
            this.image = image;
            return this;
        }

        /** Returns the methods. */
        public KubernetesMethods build() {
            return new KubernetesMethods(new Cluster(client, place), image);
        }
    }
}
