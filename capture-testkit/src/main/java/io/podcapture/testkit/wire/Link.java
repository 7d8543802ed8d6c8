package io.podcapture.testkit.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The one Ethernet all hosts are on: like a switch, it gives frames for a group to everyone. */
final class Link {
    /** A frame between hosts of one node needs so much less time than one between nodes. */
    private static final int NEARER = 10;

    private final Events events;
    private final SplittableRandom random;
    private final long delay;
    private final List<Host> hosts = new ArrayList<>();
    private final List<WirePacket> lost = new ArrayList<>();

    Link(Events events, SplittableRandom random, long delay) {
        this.events = events;
        this.random = random;
        this.delay = delay;
    }

    void join(Host host) {
        hosts.add(host);
    }

    void transmit(Host from, Frame frame) {
        byte[] octets = frame.octets();
        events.at(from.departure(octets.length), () -> {
            WirePacket sent = from.sees(from.ethernet(), true, octets);
            if (frame.content().purpose().isLost(random)) {
                lost.add(sent);
            } else {
                hosts.stream()
                        .filter(host -> isFor(host, from, frame))
                        .forEach(host -> carry(from, host, frame, octets));
            }
        });
    }

    private static boolean isFor(Host host, Host from, Frame frame) {
        return host != from
                && (frame.destination().isGroup() || frame.destination().equals(host.mac()));
    }

    private void carry(Host from, Host to, Frame frame, byte[] octets) {
        long taken = from.node().equals(to.node()) ? delay / NEARER : delay;
        events.after(taken, () -> {
            to.sees(to.ethernet(), false, octets);
            events.after(to.reaction(), () -> to.take(frame));
        });
    }

    /** Carries a packet of a host to itself, which its loopback interface sees twice. */
    void loop(Host host, IpPacket packet) {
        byte[] octets = new Frame(Mac.NONE, Mac.NONE, packet).octets();
        events.at(host.departure(octets.length), () -> {
            WirePacket sent = host.sees(host.loopback(), true, octets);
            if (packet.purpose().isLost(random)) {
                lost.add(sent);
            } else {
                host.sees(host.loopback(), false, octets);
                events.after(host.reaction(), () -> host.deliver(packet));
            }
        });
    }

    List<WirePacket> lost() {
        return List.copyOf(lost);
    }
}
