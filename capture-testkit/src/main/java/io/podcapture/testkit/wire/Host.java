package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.List;
import java.util.SplittableRandom;

/** A pod or machine on the wire. */
final class Host {
    private static final int MTU = 1500;
    private static final int LOOPBACK_MTU = 65_536;

    /** Of an Ethernet of 10 Gbit/s: preamble, check sequence and gap take 24 octets. */
    private static final int GAP_OCTETS = 24;

    private final String name;
    private final Node node;
    private final Mac mac;
    private final List<InetAddress> addresses;
    private final Link link;
    private final Events events;
    private final SplittableRandom random;
    private final Neighbors neighbors;
    private final Ports ports;
    private final Interfaces interfaces;
    private final int firstMillisecond;
    private int identification;
    private long linkFree;
    private long reacted;

    Host(HostSpec spec, Link link, Events events, SplittableRandom random, long start) {
        this.name = spec.name();
        this.node = spec.node();
        this.mac = spec.mac();
        this.addresses = spec.addresses();
        this.link = link;
        this.events = events;
        this.random = random;
        this.neighbors = new Neighbors(this, link);
        this.ports = new Ports(this, random);
        this.interfaces = new Interfaces(spec, events, start);
        this.firstMillisecond = random.nextInt();
        this.identification = random.nextInt(0x10000);
    }

    String name() {
        return name;
    }

    Node node() {
        return node;
    }

    Mac mac() {
        return mac;
    }

    List<InetAddress> addresses() {
        return addresses;
    }

    Events events() {
        return events;
    }

    Ports ports() {
        return ports;
    }

    Interfaces interfaces() {
        return interfaces;
    }

    WireInterface ethernet() {
        return interfaces.ethernet();
    }

    WireInterface loopback() {
        return interfaces.loopback();
    }

    WirePacket sees(WireInterface on, boolean sent, byte[] octets) {
        return interfaces.sees(on, sent, octets);
    }

    int draw() {
        return random.nextInt();
    }

    /** {@return the clock of its TCP timestamps} */
    long milliseconds() {
        return firstMillisecond + events.now() / 1_000_000 & 0xffff_ffffL;
    }

    /** {@return how long the host takes to react; what came first is reacted to first} */
    long reaction() {
        reacted = Math.max(reacted + 1, events.now() + 5_000 + random.nextInt(20_000));
        return reacted - events.now();
    }

    /** {@return when a frame can leave behind those that wait} */
    long departure(int octets) {
        long departure = Math.max(linkFree, events.now());
        linkFree = departure + (octets + GAP_OCTETS) * 8L / 10;
        return departure;
    }

    boolean owns(InetAddress address) {
        return address.isLoopbackAddress() || addresses.contains(address);
    }

    int mtu(InetAddress remote) {
        return owns(remote) ? LOOPBACK_MTU : MTU;
    }

    void send(InetAddress local, InetAddress remote, Payload payload, Purpose purpose) {
        identification = identification + 1 & 0xffff;
        IpPacket packet = new IpPacket(local, remote, identification, 64, payload, purpose);
        if (owns(remote)) {
            link.loop(this, packet);
        } else {
            neighbors.send(packet);
        }
    }

    /** Asks who has an address. */
    void ask(InetAddress local, InetAddress wanted) {
        neighbors.ask(local, wanted);
    }

    /** Takes what its Ethernet interface received. */
    void take(Frame frame) {
        if (frame.content() instanceof ArpMessage message) {
            neighbors.take(message);
        } else if (frame.content() instanceof IpPacket packet) {
            if (!neighbors.take(packet) && owns(packet.destination())) {
                deliver(packet);
            }
        }
    }

    void deliver(IpPacket packet) {
        ports.deliver(packet);
    }

    /** Tells whoever sent the packet that there is no way for it. */
    void undelivered(IpPacket packet) {
        ports.undelivered(packet);
    }
}
