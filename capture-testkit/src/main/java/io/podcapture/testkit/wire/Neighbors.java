package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the hardware addresses of a host's neighbors, by ARP or neighbor discovery, and lets packets wait meanwhile. */
final class Neighbors {
    /** Linux's mcast_solicit and retrans_time_ms. */
    private static final int REQUESTS = 3;

    private static final long BETWEEN_REQUESTS = 1_000_000_000;

    private final Host host;
    private final Link link;
    private final Map<InetAddress, Mac> known = new HashMap<>();
    private final Map<InetAddress, List<IpPacket>> waiting = new HashMap<>();

    Neighbors(Host host, Link link) {
        this.host = host;
        this.link = link;
    }

    void send(IpPacket packet) {
        InetAddress next = packet.destination();
        Mac mac = known.get(next);
        if (mac != null) {
            link.transmit(host, new Frame(mac, host.mac(), packet));
            return;
        }
        List<IpPacket> others = waiting.get(next);
        if (others != null) {
            others.add(packet);
        } else {
            waiting.put(next, new ArrayList<>(List.of(packet)));
            ask(packet.source(), next, REQUESTS);
        }
    }

    /** Asks even if the answer is known. */
    void ask(InetAddress source, InetAddress wanted) {
        ask(source, wanted, 1);
    }

    private void ask(InetAddress source, InetAddress wanted, int times) {
        if (Literal.isIpv4(wanted)) {
            ArpMessage request = new ArpMessage(true, host.mac(), source, Mac.NONE, wanted);
            link.transmit(host, new Frame(Mac.BROADCAST, host.mac(), request));
        } else {
            IpPacket request = NeighborMessages.solicitation(host.mac(), source, wanted);
            link.transmit(host, new Frame(Mac.ofGroup(request.destination()), host.mac(), request));
        }
        host.events().after(BETWEEN_REQUESTS, () -> {
            if (waiting.containsKey(wanted)) {
                if (times > 1) {
                    ask(source, wanted, times - 1);
                } else {
                    giveUp(wanted);
                }
            }
        });
    }

    private void giveUp(InetAddress wanted) {
        List<IpPacket> held = waiting.remove(wanted);
        if (held != null) {
            held.forEach(host::undelivered);
        }
    }

    private void learn(InetAddress address, Mac mac) {
        known.put(address, mac);
        List<IpPacket> held = waiting.remove(address);
        if (held != null) {
            held.forEach(packet -> link.transmit(host, new Frame(mac, host.mac(), packet)));
        }
    }

    void take(ArpMessage message) {
        if (host.owns(message.targetAddress())) {
            learn(message.senderAddress(), message.sender());
            if (message.request()) {
                ArpMessage reply = new ArpMessage(
                        false, host.mac(), message.targetAddress(), message.sender(), message.senderAddress());
                link.transmit(host, new Frame(message.sender(), host.mac(), reply));
            }
        }
    }

    /** {@return whether the packet was one of neighbor discovery} */
    boolean take(IpPacket packet) {
        if (!(packet.payload() instanceof IcmpMessage message) || message.ipv4()) {
            return false;
        }
        if (message.type() == IcmpMessage.NEIGHBOR_SOLICITATION) {
            InetAddress wanted = NeighborMessages.target(message);
            if (host.owns(wanted)) {
                Mac asking = NeighborMessages.mac(message);
                learn(packet.source(), asking);
                link.transmit(
                        host,
                        new Frame(
                                asking,
                                host.mac(),
                                NeighborMessages.advertisement(host.mac(), wanted, packet.source())));
            }
            return true;
        }
        if (message.type() == IcmpMessage.NEIGHBOR_ADVERTISEMENT) {
            learn(NeighborMessages.target(message), NeighborMessages.mac(message));
            return true;
        }
        return false;
    }
}
