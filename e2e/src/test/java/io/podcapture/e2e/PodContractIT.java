package io.podcapture.e2e;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.PacketSource;
import org.junit.jupiter.api.BeforeAll;

/** Of a node, in whose network another pod makes the traffic. */
@OnCluster
class PodContractIT extends WorkloadContract {
    private static Target node;

    // Known before: a test asks for it while its thread is interrupted.
    @BeforeAll
    static void findNode() {
        node = Way.POD_ON_NODE.target(cluster());
    }

    @Override
    protected CaptureMethod method() {
        return Way.POD_ON_NODE.choice(cluster().client()).methods().get(0);
    }

    @Override
    protected Target target() {
        return node;
    }

    @Override
    protected Target missingTarget() {
        return Targets.node("nosuch-node");
    }

    @Override
    protected PacketSource packets() {
        return numbered(() -> cluster().shell("host-tools", "tools"));
    }
}
