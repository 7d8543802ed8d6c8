package io.podcapture.fabric8;

import io.podcapture.FailureReason;
import io.podcapture.testkit.cluster.ApiFault;
import io.podcapture.testkit.cluster.Fault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** All that may go wrong with a run, and what is then true of it. */
final class Mishaps {
    static final Duration IMPATIENT = Duration.ofSeconds(4);

    final StreamMishaps streams;
    private final RunMethod method;
    private final String victim;
    private final long octets;
    private final long middle;

    /**
     * Makes it.
     *
     * @param octets of the victim's capture file
     * @param middle some time of the script
     */
    Mishaps(RunMethod method, String victim, long octets, long middle) {
        this.method = method;
        this.victim = victim;
        this.octets = octets;
        this.middle = middle;
        streams = new StreamMishaps(method, octets);
    }

    /** Returns how many octets the victim's capture file has. */
    long octets() {
        return octets;
    }

    Mishap nothing() {
        return new Mishap("nothing").harmless();
    }

    Mishap refused(int code) {
        Fault fault = new Fault.Refused(code, "under quarantine");
        Mishap mishap = new Mishap(fault.toString()).before(place -> place.fault(fault));
        mishap.refuses(
                switch (code) {
                    case 403 -> FailureReason.POLICY_DENIED;
                    case 404 -> FailureReason.TARGET_NOT_FOUND;
                    default -> FailureReason.STREAM_LOST;
                });
        mishap.concerning(this::sharesWithVictim);
        // Another method may be left, which starts nothing in that pod.
        return method == RunMethod.AUTO ? mishap.harmless() : mishap;
    }

    Mishap fullDisk(long room) {
        Mishap mishap =
                new Mishap("disk full after " + room + " of " + octets).disk(RunDisk.full(method.pod(victim), room));
        if (room >= octets) {
            return mishap.harmless();
        }
        return room < streams.carrying.start()
                ? mishap.refuses(FailureReason.OUTPUT_FAILED)
                : mishap.breaks(FailureReason.OUTPUT_FAILED);
    }

    Mishap slowDisk() {
        CountDownLatch latch = new CountDownLatch(1);
        return new Mishap("slow disk")
                .disk(RunDisk.slow(method.pod(victim), latch))
                .amid(place -> latch.countDown())
                .harmless();
    }

    Mishap podDeleted() {
        return new Mishap("pod deleted")
                .amid(place -> place.cluster()
                        .deletePod(place.namespace(), place.carrier().name()))
                .concerning(this::sharesWithVictim)
                .breaks(FailureReason.STREAM_LOST, FailureReason.TARGET_NOT_FOUND);
    }

    Mishap podEvicted() {
        return new Mishap("pod evicted")
                .amid(place -> place.cluster()
                        .evictPod(place.namespace(), place.carrier().name(), "low on memory"))
                .concerning(this::sharesWithVictim)
                .breaks(FailureReason.STREAM_LOST, FailureReason.TARGET_NOT_FOUND);
    }

    Mishap connectionsReset() {
        return new Mishap("connections reset")
                .amid(place -> place.carrier().resetConnections())
                .concerning(this::sharesWithVictim)
                .breaks(FailureReason.STREAM_LOST);
    }

    private boolean sharesWithVictim(String host) {
        return method.sharesPods() && method.nodeOf(host).equals(method.nodeOf(victim));
    }

    Mishap nodeGone() {
        String node = method.nodeOf(victim);
        return new Mishap("node gone")
                .amid(place -> place.cluster().loseNode(node))
                .concerning(host -> method.nodeOf(host).equals(node))
                .breaks(FailureReason.STREAM_LOST);
    }

    Mishap watchesExpired() {
        return new Mishap("watches expired")
                .amid(place -> place.cluster().apiServer().expireWatches())
                .harmless();
    }

    /** Of the next requests to the API server, before the start or amid. */
    Mishap ofApi(ApiFault fault, boolean before) {
        Mishap.Action action = place -> place.cluster().apiServer().fault(fault);
        // Whoever's request it is.
        Mishap mishap = new Mishap(fault + (before ? " at the start" : " amid"))
                .concerning(host -> true)
                .harmless();
        if (before) {
            mishap.before(action);
        } else {
            mishap.amid(action);
        }
        // What a start asks first is only read, and asked for again, but where it makes a pod.
        boolean makes = before && method == RunMethod.POD;
        if (makes) {
            mishap.refuses(FailureReason.STREAM_LOST, FailureReason.START_TIMEOUT);
        }
        // What lies in the pod is still to be asked for.
        if (!before && method == RunMethod.SIDECAR) {
            mishap.breaks(FailureReason.STREAM_LOST);
        }
        if (fault instanceof ApiFault.Silent) {
            mishap.requestTimeout(IMPATIENT.dividedBy(2));
        }
        return makes && fault instanceof ApiFault.Silent ? mishap.startTimeout(IMPATIENT) : mishap;
    }

    Mishap clockJump(long nanos) {
        return new Mishap("clock jumps by " + nanos + " ns")
                .jump(new ClockJump(victim, middle, nanos))
                .harmless();
    }
}
