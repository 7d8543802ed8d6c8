package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** A TCP segment. Source: RFC 9293, section 3.1. */
record TcpSegment(
        int sourcePort,
        int destinationPort,
        long sequence,
        long acknowledgment,
        int flags,
        int window,
        TcpOptions options,
        ByteBuffer data)
        implements Payload {
    static final int PROTOCOL = 6;
    static final int HEADER = 20;
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    private static final TcpOptions NO_OPTIONS = new TcpOptions(0, false, 0, 0, List.of());

    /** {@return how a host refuses a segment nobody there waits for: RFC 9293, section 3.10.7.1} */
    static TcpSegment refusal(TcpSegment of) {
        boolean acknowledging = of.has(ACK);
        return new TcpSegment(
                of.destinationPort,
                of.sourcePort,
                acknowledging ? of.acknowledgment : 0,
                acknowledging ? 0 : of.sequence + of.length(),
                acknowledging ? RST : RST | ACK,
                0,
                NO_OPTIONS,
                ByteBuffer.allocate(0));
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** {@return how many sequence numbers it takes} */
    int length() {
        return data.remaining() + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public byte[] octets(InetAddress source, InetAddress destination) {
        byte[] optional = options.octets();
        byte[] octets = new byte[HEADER + optional.length + data.remaining()];
        ByteBuffer to = ByteBuffer.wrap(octets);
        to.putShort((short) sourcePort).putShort((short) destinationPort);
        to.putInt((int) sequence).putInt((int) acknowledgment);
        to.put((byte) (HEADER + optional.length << 2)).put((byte) flags);
        to.putShort((short) window).putInt(0).put(optional).put(data.duplicate());
        to.putShort(16, (short) Checksum.of(source, destination, PROTOCOL, octets));
        return octets;
    }
}
