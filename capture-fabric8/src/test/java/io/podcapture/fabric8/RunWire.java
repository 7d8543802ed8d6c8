package io.podcapture.fabric8;

import io.podcapture.testkit.wire.PacketKind;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WirePacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A wire of a run, with some hosts and a small script of chance, that has been run. */
final class RunWire {
    private static final List<String> FILTERS = List.of("", "", "tcp", "udp or arp", "tcp port 5432", "greater 200");
    private static final List<Integer> SNAPLENS = List.of(262_144, 262_144, 96, 54);
    private static final List<String> INTERFACES = List.of("eth0", "eth0", "any");

    final List<String> hosts;
    final String filter;
    final int snaplen;
    final String interfaceName;
    private final Wire wire;

    /** A packet that a host is to see. */
    record Step(String host, WirePacket packet) {}

    private RunWire(long seed, int hosts, String filter, int snaplen, String interfaceName) {
        this.hosts = IntStream.rangeClosed(1, hosts)
                .mapToObj(number -> "host" + number)
                .toList();
        this.filter = filter;
        this.snaplen = snaplen;
        this.interfaceName = interfaceName;
        var builder = Wire.seeded(seed).node("a").node("b", Duration.ofMillis(3));
        for (String host : this.hosts) {
            String number = host.substring(4);
            builder.host(host, options -> options.on(nodeOf(host)).address("10.0.1." + number, "fd00::" + number));
        }
        wire = builder.build();
    }

    static RunWire ofSeed(long seed, Random random) {
        RunWire made = new RunWire(
                seed, 1 + random.nextInt(3), any(FILTERS, random), any(SNAPLENS, random), any(INTERFACES, random));
        for (int lines = 2 + random.nextInt(4); lines > 0; lines--) {
            made.line(random);
        }
        made.wire.run();
        return made;
    }

    /** Returns one of two hosts that call each other, of which all is kept. */
    static RunWire plain() {
        RunWire made = new RunWire(1, 2, "", 262_144, "eth0");
        made.wire
                .every(Duration.ofMillis(10))
                .times(5)
                .http("host1", "host2", 80, call -> call.get("/pay").body(3000));
        made.wire.run();
        return made;
    }

    static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    static String nodeOf(String host) {
        return host.endsWith("2") ? "b" : "a";
    }

    // A host may well call itself, and then nothing is lost: no copy of a loopback packet ever is but by a full buffer.
    private void line(Random random) {
        String client = any(hosts, random);
        String server = any(hosts, random);
        int octets = random.nextInt(4000);
        double lost = client.equals(server) ? 0 : 0.2;
        var line = wire.every(Duration.ofMillis(1 + random.nextInt(20)))
                .times(1 + random.nextInt(4))
                .from(Duration.ofMillis(random.nextInt(50)));
        switch (random.nextInt(5)) {
            case 0 ->
                line.tcp(
                        client,
                        server,
                        5432,
                        call -> call.request(octets).answer(octets).loseSome(PacketKind.ANSWER, lost));
            case 1 -> line.tcp(client, server, 9, call -> call.refused());
            case 2 ->
                line.udp(client, server, 7, call -> call.request(octets % 1400).answer(octets % 1000));
            case 3 -> line.http(client, server, 80, call -> call.get("/pay").body(octets));
            default -> line.ping(client, server, ping -> ping.octets(octets % 1000));
        }
    }

    /** Returns what all hosts see, in the order of time. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (String host : hosts) {
            for (String name : List.of("eth0", "lo")) {
                wire.interfaceOf(host, name).packets().forEach(packet -> steps.add(new Step(host, packet)));
            }
        }
        steps.sort(Comparator.comparingLong(step -> step.packet().timestampNanos()));
        return steps;
    }

    /** Returns what a capture on a host must have. */
    List<Kept> truth(String host, ClockJump jump) throws Exception {
        return wire.interfaceOf(host, interfaceName).captured(filter, snaplen).stream()
                .map(packet -> new Kept(
                        micros(jump.seen(host, packet.timestampNanos())), packet.originalLength(), packet.data()))
                .toList();
    }

    private static long micros(long nanos) {
        return Math.floorDiv(nanos, 1000L) * 1000L;
    }

    /** What there is of a packet in a file. */
    record Kept(long timestampNanos, int originalLength, ByteBuffer data) {
        @Override
        public String toString() {
            byte[] octets = new byte[data.remaining()];
            data.duplicate().get(octets);
            return timestampNanos + " " + originalLength + " " + HexFormat.of().formatHex(octets);
        }
    }
}
