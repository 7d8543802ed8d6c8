package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A packet as an interface saw it, or a capture of it kept it. Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class WirePacket {
    private final String interfaceName;
    private final long timestampNanos;
    private final boolean sent;
    private final ByteBuffer data;
    private final int originalLength;

    /** Retains the octets, which are not to change. */
    WirePacket(String interfaceName, long timestampNanos, boolean sent, byte[] octets, int originalLength) {
        this(interfaceName, timestampNanos, sent, ByteBuffer.wrap(octets).asReadOnlyBuffer(), originalLength);
    }

    private WirePacket(String interfaceName, long timestampNanos, boolean sent, ByteBuffer data, int originalLength) {
        this.interfaceName = interfaceName;
        this.timestampNanos = timestampNanos;
        this.sent = sent;
        this.data = data;
        this.originalLength = originalLength;
    }

    /** {@return the interface that saw it, {@code eth0} or {@code lo}, also if it was captured on {@code any}} */
    public String interfaceName() {
        return interfaceName;
    }

    /** {@return when it was seen by the clock of the node, in nanoseconds since 1970-01-01T00:00:00Z} */
    public long timestampNanos() {
        return timestampNanos;
    }

    /** {@return the time of {@link #timestampNanos()}} */
    public Instant timestamp() {
        return Instant.ofEpochSecond(0, timestampNanos);
    }

    /** {@return whether the host sent it; else it received it} */
    public boolean sent() {
        return sent;
    }

    /** {@return its octets, in a read-only buffer of the caller's own, in network byte order} */
    public ByteBuffer data() {
        return data.duplicate();
    }

    /** {@return how many octets there are of it, at most the snaplen of the capture} */
    public int capturedLength() {
        return data.capacity();
    }

    /** {@return how many octets it had on the wire, with the header of a cooked capture where it has one} */
    public int originalLength() {
        return originalLength;
    }

    /** The kernel gives the outgoing copy too, and libpcap leaves it out. */
    boolean isOutgoingLoopback() {
        return sent && interfaceName.equals(WireInterface.LOOPBACK);
    }

    WirePacket cutTo(int snaplen) {
        return snaplen >= data.capacity()
                ? this
                : new WirePacket(interfaceName, timestampNanos, sent, data.slice(0, snaplen), originalLength);
    }

    /** {@return whether the other is a packet of the same octets, lengths, time, interface name and direction} */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WirePacket packet
                && packet.timestampNanos == timestampNanos
                && packet.sent == sent
                && packet.originalLength == originalLength
                && packet.interfaceName.equals(interfaceName)
                && packet.data.equals(data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timestampNanos, sent, originalLength, interfaceName, data);
    }

    @Override
    public String toString() {
        return timestamp() + " " + interfaceName + (sent ? " sent, " : " received, ") + capturedLength() + " of "
                + originalLength + " octets";
    }
}
