package io.podcapture.fabric8;

import io.podcapture.testkit.cluster.ApiFault;
import io.podcapture.testkit.cluster.Fault;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * A fault as every method is to meet it.
 *
 * @param fault in words
 * @param mishap what it is for one method
 */
record MatrixRow(String fault, Function<Mishaps, Mishap> mishap) {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    /** All of them. */
    static final List<MatrixRow> ALL = List.of(
            new MatrixRow("nothing", Mishaps::nothing),
            new MatrixRow("no header: reset", all -> breaks(all, Fault.Reset::new, 10)),
            new MatrixRow("no header: exit 0", all -> breaks(all, Fault.Short::new, 10)),
            new MatrixRow("no header: stall", all -> breaks(all, Fault.Stalled::new, 10)),
            new MatrixRow("cut mid-record", all -> breaks(all, closed(1000), all.streams.carrying.packets() - 7)),
            new MatrixRow("closed by an error", all -> breaks(all, closed(1011), half(all))),
            new MatrixRow("reset after n octets", all -> breaks(all, Fault.Reset::new, half(all))),
            new MatrixRow("stall", all -> breaks(all, Fault.Stalled::new, half(all))),
            new MatrixRow("exit 0 but short", all -> breaks(all, Fault.Short::new, half(all))),
            new MatrixRow("trailer missing", all -> atTrailer(all, Fault.Short::new, 0)),
            new MatrixRow("trailer cut", all -> atTrailer(all, Fault.Reset::new, 10)),
            new MatrixRow("status missing", all -> all.streams.statusMissing(all.streams.printed)),
            new MatrixRow("status of the packets missing", all -> all.streams.statusMissing(all.streams.carrying)),
            new MatrixRow("stderr flood", all -> all.streams.flood(all.streams.printed.packets() / 2, 1_000_000)),
            new MatrixRow("slow reader", Mishaps::slowDisk),
            new MatrixRow("sink full", all -> all.fullDisk(all.octets() / 2)),
            new MatrixRow("exec refused: 403", all -> all.refused(403)),
            new MatrixRow("exec refused: 500", all -> all.refused(500)),
            new MatrixRow("connections reset", Mishaps::connectionsReset),
            new MatrixRow("pod evicted", Mishaps::podEvicted),
            new MatrixRow("pod deleted", Mishaps::podDeleted),
            new MatrixRow("node gone", Mishaps::nodeGone),
            new MatrixRow("API 429 at the start", all -> all.ofApi(answered(429), true)),
            new MatrixRow("API 429 amid", all -> all.ofApi(answered(429), false)),
            new MatrixRow("API 500 at the start", all -> all.ofApi(answered(500), true)),
            new MatrixRow("API 500 amid", all -> all.ofApi(answered(500), false)),
            new MatrixRow("API times out at the start", all -> all.ofApi(new ApiFault.Silent(1), true)),
            new MatrixRow("API times out amid", all -> all.ofApi(new ApiFault.Silent(1), false)),
            new MatrixRow("watches expired", Mishaps::watchesExpired),
            new MatrixRow("clock jumps back", all -> all.clockJump(-HOUR_NANOS)),
            new MatrixRow("clock jumps ahead", all -> all.clockJump(HOUR_NANOS)));

    private static Mishap breaks(Mishaps all, LongFunction<Fault> fault, long after) {
        return all.streams.breaks(all.streams.carrying, fault.apply(after), after);
    }

    private static Mishap atTrailer(Mishaps all, LongFunction<Fault> fault, long octetsOfIt) {
        long after = all.streams.printed.packets() + octetsOfIt;
        return all.streams.breaks(all.streams.printed, fault.apply(after), after);
    }

    private static LongFunction<Fault> closed(int code) {
        return after -> new Fault.Closed(after, code);
    }

    private static long half(Mishaps all) {
        return all.streams.carrying.packets() / 2;
    }

    private static ApiFault answered(int code) {
        return new ApiFault.Answered(2, code, "try again");
    }

    /** Returns why a method does not meet it; empty if it does. */
    String missing(RunMethod method) {
        return fault.equals("status of the packets missing") && method != RunMethod.SIDECAR
                ? "its packets come by tcpdump's own output, whose status is another row"
                : "";
    }
}
