package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Who takes which packets on a host, and what becomes of packets nobody takes. */
final class Ports {
    /** Linux's net.ipv4.ip_local_port_range. */
    private static final int FIRST_EPHEMERAL = 32_768;

    private static final int EPHEMERAL = 61_000 - FIRST_EPHEMERAL;

    private final Host host;
    private final SplittableRandom random;
    private final Map<Endpoint, Bound> bound = new HashMap<>();
    private int next;

    Ports(Host host, SplittableRandom random) {
        this.host = host;
        this.random = random;
        this.next = random.nextInt(EPHEMERAL);
    }

    void bind(Endpoint endpoint, Bound taker) {
        bound.put(endpoint, taker);
    }

    void free(Endpoint endpoint) {
        bound.remove(endpoint);
    }

    /** {@return the endpoint for a port of the host's own that is not in use} */
    Endpoint ephemeral(IntFunction<Endpoint> endpoint) {
        for (int tried = 0; tried < EPHEMERAL; tried++) {
            next = (next + 1 + random.nextInt(3)) % EPHEMERAL;
            Endpoint free = endpoint.apply(FIRST_EPHEMERAL + next);
            Bound user = bound.get(free);
            if (user == null || user.isOver()) {
                return free;
            }
        }
        throw new IllegalStateException("host " + host.name() + " has no port left");
    }

    void deliver(IpPacket packet) {
        Endpoint endpoint = endpoint(packet);
        Bound taker = bound.get(endpoint);
        if (taker != null) {
            taker.arrived(packet);
        } else {
            refuse(packet);
        }
    }

    void undelivered(IpPacket packet) {
        Bound sender = bound.get(endpoint(packet).reversed());
        if (sender != null) {
            sender.undelivered();
        }
    }

    private void refuse(IpPacket packet) {
        InetAddress local = packet.destination();
        InetAddress remote = packet.source();
        Purpose purpose = packet.purpose();
        if (packet.payload() instanceof TcpSegment segment) {
            if (!segment.has(TcpSegment.RST)) {
                host.send(local, remote, TcpSegment.refusal(segment), purpose.as(PacketKind.RESET));
            }
        } else if (packet.payload() instanceof UdpDatagram) {
            host.send(local, remote, IcmpMessage.portUnreachable(packet), purpose.as(PacketKind.UNREACHABLE));
        } else if (packet.payload() instanceof IcmpMessage message && message.isEchoRequest()) {
            host.send(local, remote, IcmpMessage.echoReply(message), purpose.as(PacketKind.ANSWER));
        }
    }

    private static Endpoint endpoint(IpPacket packet) {
        Payload payload = packet.payload();
        int local = 0;
        int remote = 0;
        if (payload instanceof TcpSegment segment) {
            local = segment.destinationPort();
            remote = segment.sourcePort();
        } else if (payload instanceof UdpDatagram datagram) {
            local = datagram.destinationPort();
            remote = datagram.sourcePort();
        } else if (payload instanceof IcmpMessage message && message.isEchoReply()) {
            local = message.identifier();
            remote = local;
        }
        return new Endpoint(payload.protocol(), packet.destination(), local, packet.source(), remote);
    }
}
