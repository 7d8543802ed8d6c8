package io.podcapture.fabric8;

import io.podcapture.FailureReason;
import io.podcapture.testkit.cluster.Fault;

/** What may go wrong with a stream in which a capture comes out of its pod. */
final class StreamMishaps {
    final RunStream printed;
    final RunStream carrying;
    private final RunMethod method;

    /**
     * Makes it.
     *
     * @param octets of the capture file
     */
    StreamMishaps(RunMethod method, long octets) {
        this.method = method;
        printed = RunStream.printed(method, octets);
        carrying = RunStream.carrying(method, octets);
    }

    /**
     * It breaks off.
     *
     * @param after the octets that the fault names
     */
    Mishap breaks(RunStream stream, Fault fault, long after) {
        boolean stalls = fault instanceof Fault.Stalled;
        Mishap mishap = put(stream, fault);
        if (stalls) {
            mishap.stopTimeout(Mishaps.IMPATIENT);
        }
        if (stalls && after <= stream.start()) {
            mishap.startTimeout(Mishaps.IMPATIENT);
        }
        if (after <= stream.start()) {
            mishap.refuses(FailureReason.STREAM_LOST, stalls ? FailureReason.START_TIMEOUT : FailureReason.STREAM_LOST);
        }
        if (after >= stream.start() && after <= stream.end()) {
            mishap.breaks(FailureReason.STREAM_LOST, stalls ? FailureReason.STOP_TIMEOUT : FailureReason.STREAM_LOST);
        }
        // At the end of all that there is, the status may be through on the other channel.
        boolean other = method == RunMethod.AUTO && after <= stream.start();
        return after >= stream.whole() || other ? mishap.harmless() : mishap;
    }

    private static Mishap put(RunStream stream, Fault fault) {
        Mishap mishap =
                new Mishap(fault + " of a " + stream.name() + " of " + stream.packets() + ", to " + stream.whole());
        return stream.isLate()
                ? mishap.amid(place -> place.carrier().fault(stream.command(), fault))
                : mishap.before(place -> place.fault(fault));
    }

    /** The end of a stream has no status: a trailer, an archive's own end and the packets counted prove it too. */
    Mishap statusMissing(RunStream stream) {
        return put(stream, new Fault.StatusMissing()).harmless();
    }

    /** The other output is full of words. */
    Mishap flood(long after, long words) {
        return put(printed, new Fault.Flood(after, words)).harmless();
    }
}
