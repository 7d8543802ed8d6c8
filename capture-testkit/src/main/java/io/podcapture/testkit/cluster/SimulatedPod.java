package io.podcapture.testkit.cluster;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A pod of a simulated cluster: its packets are what a test lets its interfaces see. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SimulatedPod {
    private final String namespace;
    private final String name;
    private final String uid;
    private final Map<String, SimulatedImage> containers;
    private final PodInterfaces interfaces;
    private final SimulatedNode node;
    private final PendingFaults faults;
    private final Set<WebSocketChannel> connections = ConcurrentHashMap.newKeySet();
    private boolean ended;

    SimulatedPod(
            String namespace,
            String name,
            String uid,
            PodInterfaces interfaces,
            SimulatedNode node,
            PendingFaults faults,
            Map<String, SimulatedImage> containers) {
        this.namespace = namespace;
        this.name = name;
        this.uid = uid;
        this.interfaces = interfaces;
        this.node = node;
        this.faults = faults;
        this.containers = new ConcurrentHashMap<>(containers);
    }

    /** {@return the namespace} */
    public String namespace() {
        return namespace;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the UID, by which a pod is told from a later one of its name} */
    public String uid() {
        return uid;
    }

    /**
     * Lets an interface see a packet. When this returns, the packet is in the kernel buffer of each capture on the interface
     * and on {@code any}, where its filter passes it and there is room. What the pod sends to itself is seen on {@code lo}
     * twice, as sent and as received.
     *
     * @param interfaceName {@code eth0} or {@code lo}
     * @param sent whether the pod sent it; else it received it
     * @param timestampNanos when, in nanoseconds since 1970-01-01T00:00:00Z; captures keep microseconds
     * @param frame all of it, from the Ethernet header on, from position to limit; copied
     */
    public void see(String interfaceName, boolean sent, long timestampNanos, ByteBuffer frame) {
        interfaces.see(interfaceName, sent, timestampNanos, frame);
    }

    /**
     * Lets something go wrong with the next capture that is started here; of several faults each is for one capture, in their
     * order. A refusal stays in force.
     */
    public void fault(Fault fault) {
        faults.add(fault);
    }

    /**
     * Lets something go wrong with the next command by exec of a certain kind, one that fetches files for instance. The octets
     * of the fault count what that one prints.
     *
     * @param command which it is, by its arguments; of a refusal, all those that are refused
     */
    public void fault(Predicate<List<String>> command, Fault fault) {
        faults.add(command, fault);
    }

    /** Takes all faults back that have not happened, and a refusal. */
    public void heal() {
        faults.clear();
    }

    /** Resets all connections to commands that run here now, as when the node's network breaks. */
    public void resetConnections() {
        connections.forEach(WebSocketChannel::reset);
    }

    /** {@return the node that it runs on} */
    public SimulatedNode node() {
        return node;
    }

    /**
     * {@return the id that a container has or will have on its node, as the processes there are told by it}
     *
     * @param container its name
     */
    public String containerId(String container) {
        return ContainerId.of(uid, container);
    }

    PodInterfaces interfaces() {
        return interfaces;
    }

    /** Returns the refusal in force for a command. */
    Optional<Fault.Refused> refusal(List<String> argv) {
        if (node.isLost()) {
            return Optional.of(new Fault.Refused(
                    500, "error dialing backend: dial tcp: lookup " + node + ": connect: no route to host"));
        }
        return faults.refusal(argv);
    }

    Optional<Fault> nextFault(List<String> argv) {
        return faults.take(argv);
    }

    /** Returns what a container that runs can run; empty if it is not there. */
    Optional<SimulatedImage> image(String container) {
        return Optional.ofNullable(containers.get(container));
    }

    /** Returns the names of the containers that run. */
    Set<String> running() {
        return Set.copyOf(containers.keySet());
    }

    /** Takes a container in that runs now; not where the pod has ended meanwhile. */
    synchronized void started(String container, SimulatedImage image) {
        if (!ended) {
            containers.put(container, image);
        }
    }

    void ended(String container) {
        containers.remove(container);
    }

    /** Takes a connection in; it is reset where the pod has ended meanwhile. */
    void connected(WebSocketChannel connection) {
        connections.add(connection);
        if (hasEnded()) {
            connection.reset();
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    void left(WebSocketChannel connection) {
        connections.remove(connection);
    }

    void end() {
        synchronized (this) {
            ended = true;
            containers.clear();
        }
        resetConnections();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
