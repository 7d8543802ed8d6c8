package io.podcapture.testkit.wire;

import java.time.Duration;

/** Wires that several tests begin with. */
final class Scripts {
    private Scripts() {}

    static Duration millis(long number) {
        return Duration.ofMillis(number);
    }

    /** Two nodes, of which b is 3 ms ahead; cart on a; db and a name server on b; all with both families. */
    static Wire shop(long seed) {
        return Wire.seeded(seed)
                .node("a")
                .node("b", millis(3))
                .host("cart", host -> host.on("a").address("10.0.1.7", "fd00::1:7"))
                .host("db", host -> host.on("b").address("10.0.2.9", "fd00::2:9"))
                .host(
                        "dns",
                        host -> host.on("b").address("10.0.2.53", "fd00::2:53").nameServer())
                .build();
    }

    /** A bit of everything, by one family. */
    static Wire everything(long seed, boolean ipv6) {
        Wire wire = shop(seed);
        wire.every(millis(10))
                .times(5)
                .tcp(
                        "cart",
                        "db",
                        5432,
                        call -> family(call, ipv6)
                                .request(100)
                                .answer(20_000)
                                .after(millis(2))
                                .lose(PacketKind.SYN, 3)
                                .lose(PacketKind.ANSWER, 5));
        wire.every(millis(10)).times(3).dns("cart", "db.shop.svc.cluster.local", lookup -> {
            family(lookup, ipv6).nxdomain().times(2).address(ipv6 ? "fd00::2:9" : "10.0.2.9");
            if (!ipv6) {
                return;
            }
            lookup.forIpv6();
        });
        wire.at(millis(1))
                .http(
                        "cart",
                        "db",
                        80,
                        call -> family(call, ipv6)
                                .get("/pay?id=1")
                                .body(3000)
                                .post("/pay", 100)
                                .status(503));
        wire.at(millis(2)).tcp("cart", "db", 9, call -> family(call, ipv6).refused());
        wire.at(millis(3))
                .udp(
                        "cart",
                        "db",
                        7,
                        call -> family(call, ipv6)
                                .request(10)
                                .answer(20)
                                .request(1)
                                .answer(1));
        wire.at(millis(4))
                .udp("cart", "db", 8, call -> family(call, ipv6).request(1200).refused());
        wire.every(millis(100))
                .times(2)
                .ping("cart", "db", call -> family(call, ipv6).lose(PacketKind.ANSWER, 2));
        wire.at(millis(5))
                .tcp(
                        "db",
                        "cart",
                        443,
                        call -> family(call, ipv6).request(10).answer(10).resetByServer());
        return wire;
    }

    private static <E extends Exchange<E>> E family(E exchange, boolean ipv6) {
        return ipv6 ? exchange.overIpv6() : exchange;
    }
}
