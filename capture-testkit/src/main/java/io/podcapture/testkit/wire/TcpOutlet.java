package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** Makes the segments of one side of a TCP connection and hands them to the host. */
final class TcpOutlet {
    private static final int FIRST_WINDOW = 64_240;
    private static final int WINDOW = 65_536 >> TcpOptions.WINDOW_SCALE;

    private final Host host;
    private final Endpoint endpoint;
    private final TcpReceiver receiver;
    private final Purpose purpose;
    private final boolean client;
    private final boolean timestamps;
    private final long first;
    private final int mss;

    TcpOutlet(Host host, Endpoint endpoint, TcpReceiver receiver, Purpose purpose, boolean client, boolean timestamps) {
        this.host = host;
        this.endpoint = endpoint;
        this.receiver = receiver;
        this.purpose = purpose;
        this.client = client;
        this.timestamps = timestamps;
        this.first = host.draw() & 0xffff_ffffL;
        int header = Literal.isIpv4(endpoint.remote()) ? IpPacket.IPV4_HEADER : IpPacket.IPV6_HEADER;
        this.mss = host.mtu(endpoint.remote()) - header - TcpSegment.HEADER;
    }

    int largestData() {
        return timestamps ? mss - TcpOptions.TIMESTAMPS : mss;
    }

    /** {@return what a sequence number of this side is, counted from its SYN} */
    long position(long sequence) {
        return sequence - first & 0xffff_ffffL;
    }

    void send(SendQueue.Piece piece) {
        send(piece.flags, piece.position, List.of(), piece.data);
    }

    /** Sends a segment without data, which tells what came twice or too early. */
    void send(int flags, long position) {
        List<TcpOptions.Range> ranges = flags == TcpSegment.ACK ? receiver.ranges() : List.of();
        send(flags, position, ranges, ByteBuffer.allocate(0));
    }

    private void send(int flags, long position, List<TcpOptions.Range> ranges, ByteBuffer data) {
        boolean syn = (flags & TcpSegment.SYN) != 0;
        boolean reset = (flags & TcpSegment.RST) != 0;
        boolean acknowledging = (flags & TcpSegment.ACK) != 0;
        TcpSegment segment = new TcpSegment(
                endpoint.localPort(),
                endpoint.remotePort(),
                first + position,
                acknowledging ? receiver.acknowledgment() : 0,
                flags,
                reset ? 0 : syn ? FIRST_WINDOW : WINDOW,
                new TcpOptions(syn ? mss : 0, timestamps && !reset, host.milliseconds(), receiver.echo(), ranges),
                data);
        receiver.acknowledged();
        host.send(endpoint.local(), endpoint.remote(), segment, purpose.as(kind(flags, data)));
    }

    private PacketKind kind(int flags, ByteBuffer data) {
        if ((flags & TcpSegment.RST) != 0) {
            return PacketKind.RESET;
        }
        if ((flags & TcpSegment.SYN) != 0) {
            return client ? PacketKind.SYN : PacketKind.SYN_ACK;
        }
        if ((flags & TcpSegment.FIN) != 0) {
            return PacketKind.FIN;
        }
        if (!data.hasRemaining()) {
            return PacketKind.ACK;
        }
        return client ? PacketKind.REQUEST : PacketKind.ANSWER;
    }
}
