package io.podcapture.fabric8;

import io.podcapture.testkit.cluster.Fault;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedPod;
import java.util.Optional;

/**
 * Where a run takes place.
 *
 * @param cluster of the run
 * @param namespace of its pods
 * @param method by which they are captured
 * @param victim the host whose capture is disturbed
 */
record RunPlace(SimulatedCluster cluster, String namespace, RunMethod method, String victim) {
    /** Lets something go wrong with the capture of the victim, whether its pod is there already or not. */
    void fault(Fault fault) {
        if (method.makesPods()) {
            cluster.faultToCome(namespace, method.pod(victim), fault);
        } else {
            pod().fault(fault);
        }
    }

    /** Returns the pod of a host if it is still, or already, there. */
    Optional<SimulatedPod> pod(String host) {
        try {
            return Optional.of(cluster.pod(namespace, method.pod(host)));
        } catch (IllegalArgumentException gone) {
            return Optional.empty();
        }
    }

    SimulatedPod pod() {
        return pod(victim).orElseThrow();
    }
}
