package io.podcapture.fabric8;

import io.podcapture.testkit.cluster.Fault;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedPod;

/**
 * Where a run takes place.
 *
 * @param cluster of the run
 * @param namespace of its pods
 * @param victim the host whose capture is disturbed
 * @param byOwnPods whether the session makes the pods
 */
record RunPlace(SimulatedCluster cluster, String namespace, String victim, boolean byOwnPods) {
    /** Lets something go wrong with the capture of the victim, whether its pod is there already or not. */
    void fault(Fault fault) {
        if (byOwnPods) {
            cluster.faultToCome(namespace, victim, fault);
        } else {
            pod().fault(fault);
        }
    }

    /** Tells whether a host is still, or already, there. */
    boolean isThere(String host) {
        return cluster.inventory().contains("pods " + namespace + "/" + host);
    }

    SimulatedPod pod() {
        return cluster.pod(namespace, victim);
    }
}
