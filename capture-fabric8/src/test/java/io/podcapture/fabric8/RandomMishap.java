package io.podcapture.fabric8;

import io.podcapture.testkit.cluster.ApiFault;
import io.podcapture.testkit.cluster.Fault;
import java.util.List;
import java.util.Random;

/** One of all that may go wrong, by chance. */
final class RandomMishap {
    private final Random random;
    private final Mishaps mishaps;
    private final StreamMishaps streams;
    private final RunStream stream;

    RandomMishap(Random random, Mishaps mishaps) {
        this.random = random;
        this.mishaps = mishaps;
        this.streams = mishaps.streams;
        this.stream = random.nextBoolean() ? streams.printed : streams.carrying;
    }

    Mishap next() {
        long at = RunStream.place(stream.packets(), random);
        return switch (random.nextInt(18)) {
            case 0 -> mishaps.nothing();
            case 1, 2 -> streams.breaks(stream, new Fault.Reset(at), at);
            case 3 -> streams.breaks(stream, new Fault.Closed(at, random.nextBoolean() ? 1000 : 1011), at);
            case 4, 5 -> streams.breaks(stream, new Fault.Short(at), at);
            case 6 -> streams.breaks(stream, new Fault.Stalled(at), at);
            case 7 -> streams.statusMissing(stream);
            case 8 -> streams.flood(RunStream.place(streams.printed.packets(), random), random.nextInt(2_000_000));
            case 9 -> mishaps.refused(RunWire.any(List.of(403, 404, 500, 503), random));
            case 10 -> mishaps.fullDisk(RunStream.place(mishaps.octets(), random));
            case 11 -> mishaps.slowDisk();
            case 12 -> random.nextBoolean() ? mishaps.podDeleted() : mishaps.podEvicted();
            case 13 -> mishaps.connectionsReset();
            case 14 -> mishaps.nodeGone();
            case 15 -> ofApi();
            case 16 -> mishaps.watchesExpired();
            default ->
                mishaps.clockJump((random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(7_200_000)) * 1_000_000L);
        };
    }

    private Mishap ofApi() {
        int calls = 1 + random.nextInt(3);
        ApiFault fault = random.nextInt(3) == 0
                ? new ApiFault.Silent(1)
                : new ApiFault.Answered(calls, RunWire.any(List.of(429, 500, 503), random), "try again");
        return mishaps.ofApi(fault, random.nextBoolean());
    }
}
