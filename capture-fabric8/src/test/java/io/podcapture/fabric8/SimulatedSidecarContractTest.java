package io.podcapture.fabric8;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.PacketSource;

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

    // The numbers go on, whichever pod it is.
    @Override
    protected PacketSource packets() {
        return new NumberedDatagrams(
                (name, sent, time, frame) -> cluster()
                        .pod(
                                "shop",
                                SimulatedClusters.podsWithSidecar(client(), "web")
                                        .get(0))
                        .see(name, sent, time, frame),
                "eth0");
    }
}
