package io.podcapture.e2e;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of every method, on a pod whose own container makes the traffic. */
abstract class ClusterContract extends CaptureMethodContract {
    private static TestCluster cluster;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    static TestCluster cluster() {
        return cluster;
    }

    @Override
    protected Target target() {
        return Targets.pod(cluster.namespace(), "tools");
    }

    @Override
    protected Target missingTarget() {
        return Targets.pod(cluster.namespace(), "nosuch-pod");
    }

    @Override
    protected String filter() {
        return "udp port 9";
    }

    @Override
    protected PacketSource packets() {
        return WorkloadContract.numbered(() -> cluster.shell("tools", "tools"));
    }
}
