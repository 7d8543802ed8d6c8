package io.podcapture.testkit.wire;

import io.podcapture.pcap.filter.PacketFilter;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running capture as tcpdump makes it: a filter, a kernel buffer that may be full, and a reader, who gets packets when a
 * block is handed over. Its counts are what tcpdump prints at its end, and always
 *
 * <pre>received = captured + dropped + left</pre>
 *
 * but for packets of a host to itself on {@code lo} and {@code any}: they are received twice and captured once.
 *
 * <p>Either {@linkplain #read read} by its user, or {@linkplain #readBy given out} in virtual time. For one thread at a time,
 * that of its wire.
 *
 * @since 0.1
 */
public final class WireCapture {
    private final WireInterface seen;
    private final PacketFilter filter;
    private final int snaplen;
    private final KernelBuffer buffer;
    private final Events events;
    private @Nullable PacedReader reader;
    private boolean stopped;
    private long received;
    private long dropped;
    private long captured;

    WireCapture(WireInterface seen, PacketFilter filter, int snaplen, KernelBuffer buffer, Events events) {
        this.seen = seen;
        this.filter = filter;
        this.snaplen = snaplen;
        this.buffer = buffer;
        this.events = events;
    }

    void offer(WirePacket packet) {
        if (!WireInterface.matches(filter, packet)) {
            return;
        }
        received++;
        if (!buffer.put(packet.cutTo(snaplen))) {
            dropped++;
        }
    }

    /**
     * {@return the next packet that was handed over until now, which leaves the kernel buffer; empty if there is none, or
     * the capture was stopped} A reader who is slow does not call this, and the buffer fills.
     *
     * @throws IllegalStateException if the packets are given out
     */
    public Optional<WirePacket> read() {
        if (reader != null) {
            throw new IllegalStateException("the packets of this capture are given out already");
        }
        for (WirePacket first = buffer.first(); first != null && !stopped; first = buffer.first()) {
            buffer.remove();
            if (isCaptured(first)) {
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    /**
     * Gives packets out as virtual time goes on, in the thread that drives the wire.
     *
     * @param pace how many octets a second the reader takes, at least 1; {@link Long#MAX_VALUE} for one who is never late
     * @param taker of the packets
     * @return this
     * @throws IllegalStateException if the packets are given out already
     */
    public WireCapture readBy(long pace, Consumer<WirePacket> taker) {
        if (pace < 1) {
            throw new IllegalArgumentException("a reader of " + pace + " octets a second never reads");
        }
        if (reader != null) {
            throw new IllegalStateException("the packets of this capture are given out already");
        }
        reader = new PacedReader(buffer, events, pace, packet -> {
            if (isCaptured(packet)) {
                taker.accept(packet);
            }
        });
        buffer.reader(reader::wake);
        reader.wake();
        return this;
    }

    /** Counts a packet that was read, but for one that libpcap leaves out. */
    private boolean isCaptured(WirePacket packet) {
        if (packet.isOutgoingLoopback()) {
            return false;
        }
        captured++;
        return true;
    }

    /**
     * Stops the capture as SIGINT does: what is in the kernel buffer stays there, and is counted as {@linkplain #left left}.
     * Once stopped, a call does nothing.
     */
    public void stop() {
        stopped = true;
        if (reader != null) {
            reader.stop();
        }
        seen.detach(this);
    }

    /** {@return packets that passed the filter: tcpdump's "received by filter"} */
    public long received() {
        return received;
    }

    /** {@return packets that found the kernel buffer full: tcpdump's "dropped by kernel"} */
    public long dropped() {
        return dropped;
    }

    /** {@return packets that were read or given out: tcpdump's "captured"} */
    public long captured() {
        return captured;
    }

    /** {@return packets in the kernel buffer, handed over or not} */
    public long left() {
        return buffer.held();
    }
}
