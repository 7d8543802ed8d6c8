package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.testkit.wire.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Makes the traffic of a simulated pod by scripts of the wire. */
record WireSender(PodWire wire, Pod pod) implements Sender {
    private static final Duration DATAGRAM = Duration.ofNanos(50_000);
    /** As many octets as one packet has room for. */
    private static final int BIG = 1472;

    private static final Duration REQUEST = Duration.ofMillis(4);

    @Override
    public void datagrams(int first, int count) {
        datagrams("127.0.0.1", 9, first, count);
    }

    @Override
    public void datagramsByIpv6(int port, int first, int count) {
        datagrams("::1", port, first, count);
    }

    @Override
    public void bigDatagrams(int count) {
        wire.play(script -> script.every(DATAGRAM)
                .times(count * 20_000 / BIG)
                .udp(host(), "127.0.0.1", 9, call -> call.request(BIG).refused()));
    }

    private void datagrams(String address, int port, int first, int count) {
        numbered(
                first,
                count,
                DATAGRAM,
                (wire, packet) -> wire.udp(
                        host(),
                        address,
                        port,
                        call -> call.request(packet.getBytes(StandardCharsets.US_ASCII))
                                .refused()));
    }

    @Override
    public void requests(String address, int first, int count) {
        numbered(
                first,
                count,
                REQUEST,
                (wire, packet) -> wire.http(
                        host(),
                        address,
                        8080,
                        call -> call.get("/?" + packet).status(200).body(500)));
    }

    private String host() {
        return PodWire.host(pod);
    }

    private void numbered(int first, int count, Duration period, BiConsumer<Schedule, String> line) {
        wire.play(script -> {
            for (int i = 0; i < count; i++) {
                line.accept(script.at(period.multipliedBy(i)), "packet-" + (first + i));
            }
        });
    }
}
