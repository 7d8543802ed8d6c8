package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.testkit.wire.Wire;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A big download between pods of a simulated cluster, on a connection for each piece, since a wire keeps what it had. */
record WireDownload(PodWire wire, Pod client, Pod server) {
    private static final int PORT = 8081;
    private static final int PIECE = 1_200_000;

    /**
     * Lets it happen; when this returns, the pods have seen all of it.
     *
     * @param octetsPerSecond by the clock of whoever captures, so not virtual
     * @return how many packets the server saw
     */
    long play(long octets, long octetsPerSecond) {
        long begun = System.nanoTime();
        long packets = 0;
        for (long sent = 0; sent < octets; sent += PIECE) {
            long due = begun + sent * TimeUnit.SECONDS.toNanos(1) / octetsPerSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            packets += play((int) Math.min(PIECE, octets - sent));
        }
        return packets;
    }

    private long play(int octets) {
        Wire played = wire.play(script -> script.at(Duration.ZERO)
                .tcp(
                        PodWire.host(client),
                        PodWire.host(server),
                        PORT,
                        call -> call.request(100).answer(octets)));
        return played.interfaceOf(PodWire.host(server), "eth0").packets().stream()
                .filter(packet -> packet.data().get(23) == 6 && packet.data().getShort(12) == 0x0800)
                .count();
    }
}
