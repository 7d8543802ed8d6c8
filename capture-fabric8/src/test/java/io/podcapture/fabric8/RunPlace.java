package io.podcapture.fabric8;

import io.podcapture.testkit.cluster.Fault;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedNode;
import io.podcapture.testkit.cluster.SimulatedPod;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
        if (method.sharesPods()) {
            helpersNode().faultToCome(carrying(fault), fault);
        } else if (method.makesPods()) {
            cluster.faultToCome(namespace, method.pod(victim), fault);
        } else {
            carrier().fault(fault);
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

    /** Returns the pod by which the packets of the victim come out. */
    SimulatedPod carrier() {
        if (!method.sharesPods()) {
            return pod(victim).orElseThrow();
        }
        return cluster.inventory().stream()
                .filter(thing -> thing.startsWith("pods " + namespace + "/podcapture-node-"))
                .map(thing -> cluster.pod(namespace, thing.substring(thing.indexOf('/') + 1)))
                .filter(helper -> helper.node() == helpersNode())
                .findFirst()
                .orElseThrow();
    }

    private SimulatedNode helpersNode() {
        return pod(victim).orElseThrow().node();
    }

    // A refusal is one of the pod. Captures in a helper are told apart by the container whose network they enter.
    private Predicate<List<String>> carrying(Fault fault) {
        String container = pod(victim).orElseThrow().containerId("app");
        return argv -> fault instanceof Fault.Refused || argv.contains("tcpdump") && argv.contains(container);
    }
}
