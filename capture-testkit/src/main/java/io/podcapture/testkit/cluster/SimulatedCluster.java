package io.podcapture.testkit.cluster;

import io.podcapture.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster within this process: an API server that speaks TLS on the loopback address, nodes and pods, whose
 * containers run commands as processes of this machine, with a tcpdump that sees what a test lets the pods see.
 *
 * <p>Any client of Kubernetes takes its {@link #kubeconfig()}. What is simulated, and what differs from a real cluster:
 * {@code docs/simulation.md}. It needs no privileges and no network, but a POSIX shell. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SimulatedCluster implements AutoCloseable {
    private final Path directory;
    private final ClusterThreads threads = new ClusterThreads();
    private final ServerCertificate certificate = ServerCertificate.make();
    private final ObjectStore store = new ObjectStore();
    private final ToolDoor door;
    private final ContainerProcesses processes;
    private final Addresses addresses = new Addresses();
    private final Kubelet kubelet;
    private final Disturbances disturbances;
    private final PodChanges podChanges;
    private final WorkloadChanges workloadChanges = new WorkloadChanges(store);
    private final ApiServer api;
    private final ApiListener listener;
    private final SimulatedApiServer apiServer;
    private final String kubeconfig;
    private volatile @Nullable Controllers controllers;
    private boolean closed;

    private SimulatedCluster(Path directory, ClusterSettings settings) throws IOException {
        this.directory = directory;
        // What may be missing on a machine comes before what would have to be ended.
        ContainerFiles files = ContainerFiles.make(directory, settings.shell());
        listener = new ApiListener(certificate, threads);
        door = ToolDoor.open(directory, settings.blockTimeout(), threads);
        processes = new ContainerProcesses(directory, files, door);
        kubelet = new Kubelet(store, processes, settings::image, threads);
        disturbances = new Disturbances(store, kubelet);
        podChanges = new PodChanges(store, kubelet, settings.levels(), addresses);
        Watches watches = new Watches(store, threads);
        ExecService exec = new ExecService(store, kubelet, threads);
        api = new ApiServer(store, exec, podChanges, workloadChanges, new Deletions(store, kubelet), watches);
        apiServer = new SimulatedApiServer(watches);
        listener.start(apiServer.before(api));
        kubeconfig = kubeconfig(Account.ADMIN);
    }

    /** Begins with an empty cluster. */
    public static SimulatedClusterBuilder builder() {
        return new SimulatedClusterBuilder();
    }

    static SimulatedCluster start(ClusterSettings settings) throws IOException {
        Path directory = ClusterDirectory.make();
        boolean whole = false;
        try {
            SimulatedCluster cluster = new SimulatedCluster(directory, settings);
            whole = true;
            return cluster;
        } finally {
            if (!whole) {
                ClusterDirectory.delete(directory);
            }
        }
    }

    Inhabitants inhabit(List<String> nodes) {
        Controllers made = ControlPlane.of(store, kubelet, podChanges, nodes, addresses);
        controllers = made;
        made.start(threads);
        return new Inhabitants(store, kubelet, made, nodes, addresses);
    }

    /** {@return the configuration of a client that may do everything, as a file of kubectl has it} */
    public String kubeconfig() {
        return kubeconfig;
    }

    /**
     * Makes an account that has certain rights and no others.
     *
     * @param account for messages
     * @param rights in one namespace each, or in all where they name none
     * @return the configuration of its client
     */
    public String kubeconfig(String account, Collection<Permission> rights) {
        return kubeconfig(new Account(account, false, List.copyOf(rights)));
    }

    private String kubeconfig(Account account) {
        String token = UUID.randomUUID().toString();
        api.admit(token, account);
        return Kubeconfig.of("https://127.0.0.1:" + listener.port(), certificate.pem(), account.name(), token);
    }

    /**
     * Returns a program that is a tcpdump wherever it is started in a container of this cluster, also of an image that has
     * none: for a method that brings one. It needs a kernel of Linux on a machine of its architecture.
     *
     * @param architecture as Kubernetes calls it, {@code amd64} or {@code arm64}
     * @return a file that is there as long as the cluster
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there is none for the architecture
     */
    public Path staticTcpdump(String architecture) throws IOException {
        Path file = directory.resolve("tcpdump-" + architecture);
        synchronized (directory) {
            return Files.exists(file) ? file : Files.write(file, BroughtTcpdump.program(architecture));
        }
    }

    /**
     * {@return a pod}
     *
     * @throws IllegalArgumentException if it is not there
     */
    public SimulatedPod pod(String namespace, String name) {
        try {
            return kubelet.podOf(store.find("pods", namespace, name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no pod " + namespace + "/" + name)));
        } catch (ApiStatus.Refusal e) {
            throw new IllegalArgumentException("pod " + namespace + "/" + name + " does not run", e);
        }
    }

    /**
     * {@return a node}
     *
     * @throws IllegalArgumentException if it is not there
     */
    public SimulatedNode node(String name) {
        if (store.find("nodes", "", name).isEmpty()) {
            throw new IllegalArgumentException("there is no node " + name);
        }
        return kubelet.node(name);
    }

    /** {@return the API server, to disturb it} */
    public SimulatedApiServer apiServer() {
        return apiServer;
    }

    /**
     * Lets something go wrong with the next capture in a pod that is still to be made, a helper for instance; it is kept until
     * there is a pod of that name.
     *
     * @see SimulatedPod#fault
     */
    public void faultToCome(String namespace, String name, Fault fault) {
        kubelet.faultToCome(namespace, name, fault);
    }

    /**
     * {@return what is there: all objects, as {@code pods shop/cart} for instance, and all containers that run, as
     * {@code container app of pod shop/cart}} What a test has left is what is there more than before.
     */
    public SortedSet<String> inventory() {
        SortedSet<String> all = store.names();
        for (SimulatedPod pod : kubelet.pods()) {
            pod.running().forEach(container -> all.add("container " + container + " of pod " + pod));
        }
        return all;
    }

    /**
     * {@return the commands that run in containers now, with their arguments; the main processes of ephemeral containers and
     * of pods that clients made among them} None where the system has no {@code /proc}.
     */
    public List<String> commands() {
        return processes.running();
    }

    /**
     * Deletes a pod at once, as with a grace period of zero, and ends what runs in it. A pod of a workload is replaced, by one
     * of the same name if it is of a stateful set.
     *
     * @throws IllegalArgumentException if it is not there
     */
    public void deletePod(String namespace, String name) {
        disturbances.delete(namespace, name);
    }

    /**
     * Rolls a deployment out anew, as {@code kubectl rollout restart} does: when this returns, pods of a new replica set run
     * and those before are deleted. The first have {@code -5d8f-0} and so on behind the name, the next {@code -5d90-0}.
     *
     * @throws IOException if the pods cannot be made ready
     * @throws IllegalArgumentException if it is not there
     */
    public void restart(String namespace, String deployment) throws IOException {
        Controllers there = controllers;
        if (!workloadChanges.restart(namespace, deployment) || there == null) {
            throw new IllegalArgumentException("there is no deployment " + namespace + "/" + deployment);
        }
        there.await(WorkloadChanges.DEPLOYMENTS, namespace, deployment, Workloads::isSettled);
    }

    /**
     * Evicts a pod, as a node does that runs out of something: it stays as an object that has failed, and what runs in it
     * ends. A pod of a workload is replaced; then only those of deployments stay as objects.
     *
     * @param message what is told of the reason
     * @throws IllegalArgumentException if it is not there
     */
    public void evictPod(String namespace, String name, String message) {
        disturbances.evict(pod(namespace, name), message);
    }

    /**
     * Lets a node vanish, as when its power fails: its connections break, what runs there ends, commands for it are refused,
     * and of its pods nothing more is heard. They stay as objects, which are not ready, until somebody deletes them; only
     * then those of workloads are replaced.
     *
     * @throws IllegalArgumentException if it is not there
     */
    public void loseNode(String name) {
        disturbances.lose(node(name));
    }

    /** Ends all connections, processes and threads, and removes all files. Closed again, it does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            listener.close();
            Controllers there = controllers;
            if (there != null) {
                there.close();
            }
            processes.killAll();
            door.close();
            threads.await();
            door.release();
            ClusterDirectory.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
