package io.podcapture.fabric8;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.PacketSource;
import io.podcapture.testkit.cluster.SimulatedPod;
import java.util.HashMap;
import java.util.Map;

/** Of a deployment with a single pod, which is another one in each capture. */
class SimulatedSidecarContractTest extends SimulatedContract {
    @Override
    protected CaptureMethod method() {
        return methods().sidecar().methods().get(0);
    }

    @Override
    protected Target target() {
        return Targets.deployment("shop", "web");
    }

    @Override
    protected Target missingTarget() {
        return Targets.deployment("shop", "nosuch-deployment");
    }

    // The numbers go on, whichever pod it is; between two, and behind the last, nobody sees them.
    @Override
    protected PacketSource packets() {
        // One that goes between two looks is still known from the first.
        Map<String, SimulatedPod> pods = new HashMap<>();
        return new NumberedDatagrams(
                (name, sent, time, frame) -> SimulatedClusters.podsWithSidecar(client(), "web").stream()
                        .findFirst()
                        .ifPresent(pod -> pods.computeIfAbsent(
                                        pod, known -> cluster().pod("shop", known))
                                .see(name, sent, time, frame)),
                "eth0");
    }
}
