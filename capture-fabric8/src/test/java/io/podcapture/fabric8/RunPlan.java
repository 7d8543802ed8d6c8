package io.podcapture.fabric8;

import io.podcapture.StartFailurePolicy;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.util.List;
import java.util.Random;

/**
 * What a run is to be.
 *
 * @param namespace of its pods, which no other run has
 * @param wire that has run
 * @param images of the wire's hosts
 * @param victim the host whose capture is disturbed
 * @param moment before which packet, of all that the hosts see, happens what happens amid
 * @param stopsAtOnce whether it is stopped behind the last packet, or a little later
 */
record RunPlan(
        String namespace,
        RunWire wire,
        RunMethod method,
        List<SimulatedImage> images,
        Http http,
        StartFailurePolicy policy,
        String victim,
        Mishap mishap,
        int moment,
        boolean stopsAtOnce) {

    /** Returns one of which all is chosen by a seed. */
    static RunPlan ofSeed(long seed) throws Exception {
        Random random = new Random(seed);
        RunWire wire = RunWire.ofSeed(seed, random);
        RunMethod method = RunWire.any(List.of(RunMethod.values()), random);
        String victim = RunWire.any(wire.hosts, random);
        int moment = random.nextInt(wire.steps().size() + 1);
        Mishap mishap = new RandomMishap(random, mishaps(wire, method, victim, moment)).next();
        return new RunPlan(
                "run-" + seed,
                wire,
                method,
                wire.hosts.stream()
                        .map(host -> RunWire.any(method.images(), random))
                        .toList(),
                RunWire.any(List.of(Http.values()), random),
                RunWire.any(List.of(StartFailurePolicy.values()), random),
                victim,
                mishap,
                moment,
                random.nextBoolean());
    }

    /** Returns what may go wrong with the capture of a host. */
    static Mishaps mishaps(RunWire wire, RunMethod method, String victim, int moment) throws Exception {
        long octets = RunStream.HEADER
                + wire.truth(victim, ClockJump.NONE).stream()
                        .mapToLong(kept -> 16 + kept.data().remaining())
                        .sum();
        List<RunWire.Step> steps = wire.steps();
        return new Mishaps(
                method,
                victim,
                octets,
                steps.get(moment % steps.size()).packet().timestampNanos());
    }

    @Override
    public String toString() {
        return namespace + ": " + method + " of " + wire.hosts.size() + " hosts on " + wire.interfaceName
                + ", filter \"" + wire.filter + "\", snaplen " + wire.snaplen + ", " + http + ", " + policy + "; "
                + victim + " by " + images.get(wire.hosts.indexOf(victim)) + ": " + mishap + ", at packet " + moment
                + " of " + wire.steps().size() + (stopsAtOnce ? ", stopped at once" : "");
    }
}
