package io.podcapture.fabric8;

import io.podcapture.FailureReason;
import io.podcapture.testkit.cluster.ApiFault;
import io.podcapture.testkit.cluster.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** All that may go wrong in a run, one of them by chance. */
final class Mishaps {
    private static final int HEADER = 24;
    /** A line end, {@code podcapture}, sixteen digits, three of the status, a line end. */
    private static final int TRAILER = 33;

    private static final Duration IMPATIENT = Duration.ofSeconds(4);

    private final Random random;
    private final String victim;
    private final long octets;
    private final long middle;
    private final boolean auto;

    /**
     * Makes it.
     *
     * @param octets of the victim's capture file
     * @param middle some time of the script
     * @param auto whether a method that fails is followed by another
     */
    Mishaps(Random random, String victim, long octets, long middle, boolean auto) {
        this.random = random;
        this.victim = victim;
        this.octets = octets;
        this.middle = middle;
        this.auto = auto;
    }

    Mishap next() {
        return switch (random.nextInt(18)) {
            case 0 -> new Mishap("nothing").harmless();
            case 1, 2 -> ofStream(new Fault.Reset(place()));
            case 3 -> ofStream(new Fault.Closed(place(), random.nextBoolean() ? 1000 : 1011));
            case 4, 5 -> ofStream(new Fault.Short(place()));
            case 6 -> ofStream(new Fault.Stalled(place()));
            case 7 -> harmless(new Fault.StatusMissing());
            case 8 -> harmless(new Fault.Flood(place(), random.nextInt(2_000_000)));
            case 9 -> refused();
            case 10 -> fullDisk();
            case 11 -> slowDisk();
            case 12 -> ofPod();
            case 13 ->
                new Mishap("connections reset")
                        .amid(place -> place.pod().resetConnections())
                        .breaks(FailureReason.STREAM_LOST);
            case 14 ->
                new Mishap("node gone")
                        .amid(place -> place.cluster().loseNode(RunWire.nodeOf(victim)))
                        .ofNode()
                        .breaks(FailureReason.STREAM_LOST);
            case 15 -> ofApi();
            case 16 ->
                new Mishap("watches expired")
                        .amid(place -> place.cluster().apiServer().expireWatches())
                        .harmless();
            default -> clockJump();
        };
    }

    // No header, its end, anywhere, the end of the last packet, within the trailer, its end, never.
    private long place() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(HEADER);
            case 1 -> HEADER;
            case 2 -> octets;
            case 3 -> octets + 1 + random.nextInt(TRAILER - 1);
            case 4 -> octets + TRAILER + random.nextInt(2);
            default -> HEADER + (long) (random.nextDouble() * (octets - HEADER));
        };
    }

    private Mishap ofStream(Fault fault) {
        long after = fault instanceof Fault.Reset reset
                ? reset.octets()
                : fault instanceof Fault.Closed closed
                        ? closed.octets()
                        : fault instanceof Fault.Short cut ? cut.octets() : ((Fault.Stalled) fault).octets();
        boolean stalls = fault instanceof Fault.Stalled;
        Mishap mishap = new Mishap(fault + " of " + octets + " and " + TRAILER).before(place -> place.fault(fault));
        if (stalls) {
            mishap.stopTimeout(IMPATIENT);
        }
        if (stalls && after <= HEADER) {
            mishap.startTimeout(IMPATIENT);
        }
        if (after <= HEADER) {
            mishap.refuses(FailureReason.STREAM_LOST, stalls ? FailureReason.START_TIMEOUT : FailureReason.STREAM_LOST);
        }
        if (after >= HEADER && after <= octets + TRAILER) {
            mishap.breaks(FailureReason.STREAM_LOST, stalls ? FailureReason.STOP_TIMEOUT : FailureReason.STREAM_LOST);
        }
        // At the end of all that there is, the status may be through on the other channel.
        return after >= octets + TRAILER || auto && after <= HEADER ? mishap.harmless() : mishap;
    }

    private static Mishap harmless(Fault fault) {
        return new Mishap(fault.toString()).before(place -> place.fault(fault)).harmless();
    }

    private Mishap refused() {
        int code = RunWire.any(List.of(403, 404, 500, 503), random);
        Fault fault = new Fault.Refused(code, "under quarantine");
        Mishap mishap = new Mishap(fault.toString()).before(place -> place.fault(fault));
        return mishap.refuses(
                switch (code) {
                    case 403 -> FailureReason.POLICY_DENIED;
                    case 404 -> FailureReason.TARGET_NOT_FOUND;
                    default -> FailureReason.STREAM_LOST;
                });
    }

    private Mishap fullDisk() {
        long room = place();
        Mishap mishap = new Mishap("disk full after " + room + " of " + octets).disk(RunDisk.full(victim, room));
        if (room >= octets) {
            return mishap.harmless();
        }
        return room < HEADER ? mishap.refuses(FailureReason.OUTPUT_FAILED) : mishap.breaks(FailureReason.OUTPUT_FAILED);
    }

    private Mishap slowDisk() {
        CountDownLatch latch = new CountDownLatch(1);
        return new Mishap("slow disk")
                .disk(RunDisk.slow(victim, latch))
                .amid(place -> latch.countDown())
                .harmless();
    }

    private Mishap ofPod() {
        boolean deleted = random.nextBoolean();
        return new Mishap(deleted ? "pod deleted" : "pod evicted")
                .amid(place -> {
                    if (deleted) {
                        place.cluster().deletePod(place.namespace(), victim);
                    } else {
                        place.cluster().evictPod(place.namespace(), victim, "low on memory");
                    }
                })
                .breaks(FailureReason.STREAM_LOST, FailureReason.TARGET_NOT_FOUND);
    }

    private Mishap ofApi() {
        int calls = 1 + random.nextInt(3);
        ApiFault fault = random.nextInt(3) == 0
                ? new ApiFault.Silent(1)
                : new ApiFault.Answered(calls, RunWire.any(List.of(429, 500, 503), random), "try again");
        boolean before = random.nextBoolean();
        Mishap.Action action = place -> place.cluster().apiServer().fault(fault);
        Mishap mishap = new Mishap(fault + (before ? " at the start" : " amid")).harmless();
        if (before) {
            mishap.before(action).refuses(FailureReason.STREAM_LOST, FailureReason.START_TIMEOUT);
        } else {
            mishap.amid(action);
        }
        if (fault instanceof ApiFault.Silent) {
            mishap.requestTimeout(IMPATIENT.dividedBy(2));
        }
        return before && fault instanceof ApiFault.Silent ? mishap.startTimeout(IMPATIENT) : mishap;
    }

    private Mishap clockJump() {
        long nanos = (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(7_200_000)) * 1_000_000L;
        return new Mishap("clock jumps by " + nanos + " ns")
                .jump(new ClockJump(victim, middle, nanos))
                .harmless();
    }
}
