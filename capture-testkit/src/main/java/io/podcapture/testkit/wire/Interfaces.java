package io.podcapture.testkit.wire;

import java.util.stream.Stream;

/** The interfaces of a host, and the one in name only that sees all of them. */
final class Interfaces {
    private final WireInterface loopback;
    private final WireInterface ethernet;
    private final WireInterface any;
    private final Events events;
    private final long clock;

    Interfaces(HostSpec spec, Events events, long start) {
        this.events = events;
        this.clock = start + spec.node().aheadNanos();
        loopback = new WireInterface(spec.name(), WireInterface.LOOPBACK, events);
        ethernet = new WireInterface(spec.name(), WireInterface.ETHERNET, events);
        any = new WireInterface(spec.name(), WireInterface.ANY, events);
    }

    WireInterface ethernet() {
        return ethernet;
    }

    WireInterface loopback() {
        return loopback;
    }

    WireInterface named(String name) {
        return Stream.of(loopback, ethernet, any)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no interface " + name + " on " + any.host() + ": it has lo, eth0 and any"));
    }

    /** {@return what the clock of the node says, in nanoseconds since 1970} */
    long time() {
        return clock + events.now();
    }

    WirePacket sees(WireInterface on, boolean sent, byte[] octets) {
        WirePacket packet = new WirePacket(on.name(), time(), sent, octets, octets.length);
        on.saw(packet);
        any.saw(packet);
        return packet;
    }
}
