package io.podcapture.testkit.cluster;

import java.nio.ByteBuffer;

/**
 * A node of a simulated cluster: its own network, which pods on the host network share. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SimulatedNode {
    private final String name;
    private final PodInterfaces interfaces = new PodInterfaces();
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
