package io.podcapture.testkit.cluster;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * A node of a simulated cluster: its own network, which pods on the host network share. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SimulatedNode {
    private final String name;
    private final PodInterfaces interfaces = new PodInterfaces();
    private PendingFaults faultsToCome = new PendingFaults();
    private volatile boolean lost;

    SimulatedNode(String name) {
        this.name = name;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /**
     * Lets an interface of the node see a packet.
     *
     * @see SimulatedPod#see
     */
    public void see(String interfaceName, boolean sent, long timestampNanos, ByteBuffer frame) {
        interfaces.see(interfaceName, sent, timestampNanos, frame);
    }

    /**
     * Lets something go wrong with the next capture in the pod that is made here next, whatever its name: a helper, for
     * instance. Of several faults for that pod each is for one capture, in their order.
     *
     * @see SimulatedPod#fault(Fault)
     */
    public synchronized void faultToCome(Fault fault) {
        faultsToCome.add(fault);
    }

    /**
     * Lets something go wrong with the next command of a certain kind in the pod that is made here next.
     *
     * @param command which it is, by its arguments; of a refusal, all those that are refused
     * @see SimulatedPod#fault(Predicate, Fault)
     */
    public synchronized void faultToCome(Predicate<List<String>> command, Fault fault) {
        faultsToCome.add(command, fault);
    }

    /** Returns what was to come, for a pod that is made now. */
    synchronized PendingFaults takeFaults() {
        PendingFaults taken = faultsToCome;
        faultsToCome = new PendingFaults();
        return taken;
    }

    /** From now on nobody hears of it. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    PodInterfaces interfaces() {
        return interfaces;
    }

    @Override
    public String toString() {
        return name;
    }
}
