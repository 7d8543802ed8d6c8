package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.MethodChoice;
import io.podcapture.pcap.filter.NameResolver;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.TargetResolver;
import io.podcapture.spi.ToolImage;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the capture methods for pods of one cluster.
 *
 * <p>Targets are pods, by name or by labels; all pods of a deployment, a stateful set, a daemon set, a replica set, a job, a
 * DeploymentConfig of OpenShift, a service or a namespace; and nodes. The client stays the caller's: it is neither changed nor
 * closed, and must live longer than the sessions that use it. Immutable, safe for use by several threads.
 *
 * @since 0.1
 */
public final class KubernetesMethods {
    /** The image of helper containers where the caller names none. */
    public static final String DEFAULT_IMAGE = ToolImage.DEFAULT;

    private final Cluster cluster;
    private final HelperSettings settings;
    private final SidecarSettings sidecar;
    private final Map<String, StaticTcpdump> tcpdumps;
    private final OwnTraffic ownTraffic;

    private KubernetesMethods(
            Cluster cluster,
            HelperSettings settings,
            SidecarSettings sidecar,
            Map<String, StaticTcpdump> tcpdumps,
            boolean captureOwnTraffic) {
        this.sidecar = sidecar;
        this.cluster = cluster;
        this.settings = settings;
        this.tcpdumps = Map.copyOf(tcpdumps);
        this.ownTraffic = new OwnTraffic(cluster, captureOwnTraffic);
    }

    /** Makes the methods for the client's cluster, with the default image. */
    public static KubernetesMethods using(KubernetesClient client) {
        return builder(client).build();
    }

    /** Begins with a client; for several clusters, or an image of one's own. */
    public static Builder builder(KubernetesClient client) {
        return new Builder(client);
    }

    /** Returns what suits each target best, for the client's cluster, with the default image; see {@link #auto()}. */
    public static MethodChoice auto(KubernetesClient client) {
        return using(client).auto();
    }

    /** Returns the method {@code exec} for the client's cluster; see {@link #exec()}. */
    public static MethodChoice exec(KubernetesClient client) {
        return using(client).exec();
    }

    /** Returns the method {@code ephemeral} for the client's cluster, with the default image; see {@link #ephemeral()}. */
    public static MethodChoice ephemeral(KubernetesClient client) {
        return using(client).ephemeral();
    }

    /**
     * Returns the method {@code exec}: tcpdump runs in a container that the pod has already, the one that the target names or
     * else the first that has the tool. Nothing is created.
     *
     * <p>Needs {@code get} on pods, {@code get} and {@code create} on pods/exec; the container needs a shell, tcpdump and the
     * right to use raw sockets.
     */
    public MethodChoice exec() {
        return MethodChoice.inOrder(new ExecMethod(cluster, ownTraffic));
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
        return MethodChoice.inOrder(new EphemeralMethod(cluster, settings, ownTraffic));
    }

    /**
     * Returns the method {@code node}: tcpdump runs in a privileged pod on the node of the target, which sees the processes
     * of the node and enters the network namespaces of pods. One such pod serves all captures on its node; it is deleted at
     * the end, or ends by itself soon after the session was killed. The pods captured are not touched at all.
     *
     * <p>Needs {@code create}, {@code get}, {@code list}, {@code watch} and {@code delete} on pods, {@code get} and {@code
     * create} on pods/exec, in a namespace that admits privileged pods; the image needs a POSIX shell, grep, nsenter and
     * tcpdump.
     */
    public MethodChoice node() {
        return MethodChoice.inOrder(new NodeMethod(cluster, settings, ownTraffic));
    }

    /**
     * Returns the method {@code pod}: tcpdump runs in a temporary pod. For a target {@code node/NAME} the pod is in that
     * node's own network, where our own connections to the API server and the kubelet are left out of the capture; for {@code
     * debugpod/NAME} it has a network of its own, and the user makes traffic in it.
     *
     * <p>Needs {@code create}, {@code get}, {@code list}, {@code watch} and {@code delete} on pods, {@code get} and {@code
     * create} on pods/exec and, for a node, {@code get} on nodes and a namespace that admits pods in the host's network.
     */
    public MethodChoice pod() {
        return MethodChoice.inOrder(new PodMethod(cluster, settings, ownTraffic));
    }

    /**
     * Returns the method {@code sidecar}: the pods of a deployment, statefulset or daemonset get a container by a new roll-out,
     * and lose it at the end by another: its pods are restarted twice. tcpdump writes into a volume of that container; the
     * packets are fetched at the end, so no snapshot can be taken before. Two sessions on one workload share the container.
     *
     * <p>It must be the first method of a choice. Needs {@code get}, {@code list}, {@code watch} and {@code patch} on the
     * workload, {@code get}, {@code list} and {@code watch} on pods, {@code get} and {@code create} on pods/exec. With {@code
     * create} on pods it finds out by dry runs which rights are admitted, with {@code list} and {@code delete} on replicasets
     * it takes its revisions out of a deployment's history. The image needs a POSIX shell and tcpdump. For OpenShift's DeploymentConfig it is experimental.
     */
    public MethodChoice sidecar() {
        return MethodChoice.inOrder(new SidecarMethod(cluster, new SidecarContainer(settings, sidecar), ownTraffic));
    }

    /**
     * Returns the method {@code upload}: a static tcpdump of the caller's is sent into a container that has a shell, the one
     * that the target names or else the first that can take it, and runs there. Its file is removed before it runs, so nothing
     * is left of it, whatever is killed; it is run only if it arrived as it was sent.
     *
     * <p>Needs {@code get} on pods, {@code get} and {@code create} on pods/exec; the container needs a POSIX shell, head, a
     * directory where a program can be written and run, and the right to use raw sockets.
     *
     * @throws IllegalStateException if no tcpdump was given
     */
    public MethodChoice upload() {
        if (tcpdumps.isEmpty()) {
            throw new IllegalStateException(
                    "the method upload has nothing to send: give the builder a tcpdump by staticTcpdump");
        }
        return MethodChoice.inOrder(new UploadMethod(cluster, tcpdumps, ownTraffic));
    }

    /**
     * Returns what suits each target best, the least privilege first: {@code exec} into what is there, {@code ephemeral},
     * {@code upload} where a static tcpdump was given, {@code node}, and {@code pod} for nodes and debug pods. What the cluster
     * would refuse is not tried; what fails is undone before the next is tried, and the result says why each was passed
     * over. Never one that restarts pods.
     *
     * <p>The order can be changed, and methods forbidden, by {@link MethodChoice#preferring} and {@link MethodChoice#without}.
     */
    public MethodChoice auto() {
        List<CaptureMethod> methods = new ArrayList<>();
        methods.add(new ExecMethod(cluster, ownTraffic));
        methods.add(new EphemeralMethod(cluster, settings, ownTraffic));
        if (!tcpdumps.isEmpty()) {
            methods.add(new UploadMethod(cluster, tcpdumps, ownTraffic));
        }
        methods.add(new NodeMethod(cluster, settings, ownTraffic));
        methods.add(new PodMethod(cluster, settings, ownTraffic));
        return MethodChoice.inOrder(methods.toArray(CaptureMethod[]::new));
    }

    /**
     * Returns what finds the pods and nodes of targets, for methods of one's own that are to be mixed with these. Two resolvers of the
     * same client and place are equal.
     */
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    /**
     * Returns what finds the addresses of pods and services that a filter of capture-pcap names, for {@code
     * PacketFilter.compile}, {@code PacketFiles.filter} and others that take a resolver. Asked for a name, it looks at the
     * cluster and blocks; the addresses are those of that moment. What copies files asks it for each name once.
     *
     * <p>{@code cart} is the pod of that name, else the service, in the namespace given; {@code cart.shop} is of the namespace
     * shop; {@code cart.shop.svc} and {@code cart.shop.svc.cluster.local} are the service, {@code cart-0.shop.pod} the pod. A
     * service has its own addresses and those of its endpoints, for clients see the one and pods the others. A pod with its
     * node's network has the node's addresses; one that is over has none, for another may have its address by now.
     *
     * <p>Needs {@code get} on pods, but for names with {@code .svc}, and {@code get} on services and {@code list} on
     * endpointslices, but for names of pods; {@link KubernetesPermissions} does not count these, for no plan needs them. What the API server refuses, the resolver
     * throws as {@link io.podcapture.CaptureException}; a name it does not know is a wrong filter.
     *
     * @param namespace of names without one
     */
    public NameResolver names(String namespace) {
        return new ClusterNames(cluster.client(), namespace);
    }

    /**
     * Puts methods together; not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final KubernetesClient client;
        private final HelperSettingsBuilder helpers = new HelperSettingsBuilder();
        private final Map<String, StaticTcpdump> tcpdumps = new HashMap<>();
        private String place = "";
        private long spoolSize = 512L << 20;
        private boolean nativeSidecar;
        private boolean captureOwnTraffic;

        private Builder(KubernetesClient client) {
            this.client = Objects.requireNonNull(client, "client");
        }

        /** Sets what the cluster is called, in files and messages of sessions that span several. */
        public Builder place(String place) {
            this.place = Objects.requireNonNull(place, "place");
            return this;
        }

        /**
         * Sets the image of helper containers. It needs a POSIX shell and tcpdump; it may be pinned by a digest.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder image(String image) {
            helpers.image(image);
            return this;
        }

        /**
         * Sets the registry that the image comes from, in place of the one in its name: {@code registry.corp/mirror} makes
         * {@code docker.io/nicolaka/netshoot:v0.13} to {@code registry.corp/mirror/nicolaka/netshoot:v0.13}.
         */
        public Builder registry(String registry) {
            helpers.registry(registry);
            return this;
        }

        /** Sets when the image is pulled: {@code IfNotPresent} by default, {@code Always} or {@code Never}. */
        public Builder imagePullPolicy(String policy) {
            helpers.pullPolicy(policy);
            return this;
        }

        /** Sets the secrets with which helper pods and sidecars pull their image; they must exist in the namespace of the pods. */
        public Builder imagePullSecrets(String... names) {
            helpers.pullSecrets(names);
            return this;
        }

        /** Sets the namespace of helper pods; that of the target by default, or of the context for a node. */
        public Builder helperNamespace(String namespace) {
            helpers.namespace(namespace);
            return this;
        }

        /** Sets what helper pods tolerate; every taint by default, since they go where the target is. */
        public Builder tolerations(Toleration... tolerations) {
            helpers.tolerations(tolerations);
            return this;
        }

        /**
         * Sets what helper containers ask for and may use. By default they ask for 10m CPU and 32Mi memory and may use one CPU
         * and 256Mi. Ephemeral containers cannot have any.
         */
        public Builder resources(ResourceRequirements resources) {
            helpers.resources(resources);
            return this;
        }

        /**
         * Sets how long a helper pod may live, whatever it does: its node ends it then, and what it captures with it. None by
         * default: it ends by itself soon after its session does.
         */
        public Builder helperDeadline(Duration deadline) {
            helpers.deadline(deadline);
            return this;
        }

        /**
         * Sets how many octets the kernel buffers of all captures on one node may have together, for the method {@code node};
         * 256 MiB by default. Each gets its share, at least 4 MiB and at most the {@code kernelBuffer} of the session.
         */
        public Builder nodeKernelBuffer(long octets) {
            helpers.nodeKernelBuffer(octets);
            return this;
        }

        /**
         * Sets the size of the volume that sidecars write packets to; 512 MiB by default. A capture ends when four fifths of it
         * are used, since a pod that uses more than all of it is evicted.
         *
         * @param octets at least 8 MiB
         */
        public Builder spoolSize(long octets) {
            if (octets < 8L << 20) {
                throw new IllegalArgumentException("spoolSize " + octets + " is less than 8,388,608 octets");
            }
            spoolSize = octets;
            return this;
        }

        /**
         * Makes sidecars init containers that go on running, which Kubernetes starts before the others and ends after them;
         * it takes version 1.29 or newer.
         */
        public Builder nativeSidecar() {
            nativeSidecar = true;
            return this;
        }

        /**
         * Captures, on a node's own network, also the connections by which the capture is brought out. Each packet then makes
         * further ones: sensible only with a filter or a limit.
         */
        public Builder captureOwnTraffic() {
            captureOwnTraffic = true;
            return this;
        }

        /**
         * Sets the tcpdump that the method {@code upload} sends to machines of an architecture. It must be linked statically,
         * and built without a user of its own to become, whom most containers do not have. Read when first needed.
         *
         * @param architecture as Kubernetes calls it, {@code amd64} or {@code arm64} for instance
         * @throws IllegalArgumentException if the architecture is blank
         */
        public Builder staticTcpdump(String architecture, Path file) {
            return staticTcpdump(architecture, file.toString(), () -> Files.newInputStream(file));
        }

        /** Sets it to a resource, of the class path for instance; see {@link #staticTcpdump(String, Path)}. */
        public Builder staticTcpdump(String architecture, URL resource) {
            return staticTcpdump(architecture, resource.toString(), resource::openStream);
        }

        private Builder staticTcpdump(String architecture, String name, StaticTcpdump.Source source) {
            if (architecture.isBlank()) {
                throw new IllegalArgumentException("the architecture must not be blank");
            }
            tcpdumps.put(architecture, new StaticTcpdump(architecture, name, source));
            return this;
        }

        /** Returns the methods. */
        public KubernetesMethods build() {
            return new KubernetesMethods(
                    new Cluster(client, place),
                    helpers.build(),
                    new SidecarSettings(spoolSize, nativeSidecar),
                    tcpdumps,
                    captureOwnTraffic);
        }
    }
}
