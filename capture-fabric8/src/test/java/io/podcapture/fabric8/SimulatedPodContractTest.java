package io.podcapture.fabric8;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.PacketSource;

class SimulatedPodContractTest extends SimulatedContract {
    @Override
    protected CaptureMethod method() {
        return methods().pod().methods().get(0);
    }

    @Override
    protected Target target() {
        return Targets.node("node-1");
    }

    @Override
    protected Target missingTarget() {
        return Targets.node("nosuch-node");
    }

    @Override
    protected PacketSource packets() {
        return new NumberedDatagrams(cluster().node("node-1")::see, "eth0");
    }
}
