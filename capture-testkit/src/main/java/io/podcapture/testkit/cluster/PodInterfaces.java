package io.podcapture.testkit.cluster;

import io.podcapture.pcap.LinkType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The interfaces of a pod, {@code eth0} and {@code lo}, and {@code any}, which sees what both see. Guarded by itself. */
final class PodInterfaces {
    static final String LOOPBACK = "lo";
    static final String ANY = "any";
    private static final Set<String> REAL = Set.of("eth0", LOOPBACK);
    private static final int SHORTEST = 14;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Listener(String interfaceName, KernelBuffer buffer) {}

    boolean has(String interfaceName) {
        return REAL.contains(interfaceName) || interfaceName.equals(ANY);
    }

    static LinkType linkType(String interfaceName) {
        return interfaceName.equals(ANY) ? LinkType.LINUX_SLL2 : LinkType.ETHERNET;
    }

    /** Lets a packet be seen; when this returns it is in the kernel buffer of each capture, or dropped there. */
    synchronized void see(String interfaceName, boolean sent, long timestampNanos, ByteBuffer octets) {
        if (!REAL.contains(interfaceName) || octets.remaining() < SHORTEST) {
            throw new IllegalArgumentException(
                    "no Ethernet frame of eth0 or lo: " + octets.remaining() + " octets on " + interfaceName);
        }
        ByteBuffer copy =
                ByteBuffer.allocate(octets.remaining()).put(octets.duplicate()).flip();
        SimulatedFrame frame = new SimulatedFrame(interfaceName, sent, timestampNanos, copy);
        for (Listener listener : listeners) {
            if (listener.interfaceName().equals(ANY)) {
                listener.buffer().offer(frame.cooked());
            } else if (listener.interfaceName().equals(interfaceName)) {
                listener.buffer().offer(frame);
            }
        }
    }

    void attach(String interfaceName, KernelBuffer buffer) {
        listeners.add(new Listener(interfaceName, buffer));
    }

    void detach(KernelBuffer buffer) {
        listeners.removeIf(listener -> listener.buffer() == buffer);
    }
}
