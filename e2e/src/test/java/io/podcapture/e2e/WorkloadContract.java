package io.podcapture.e2e;

import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of every method, where workloads are needed. */
abstract class WorkloadContract extends CaptureMethodContract {
    private static TestCluster cluster;

    @BeforeAll
    static void makeWorkloads() {
        cluster = TestCluster.withWorkloads();
    }

    @AfterAll
    static void removeWorkloads() {
        cluster.close();
    }

    static TestCluster cluster() {
        return cluster;
    }

    @Override
    protected String filter() {
        return "udp port 9";
    }

    /** Makes a source whose datagrams are numbered on; its shell is looked for at each sending. */
    static PacketSource numbered(Supplier<PodShell> shell) {
        int[] sent = new int[1];
        return count -> {
            shell.get().run(Traffic.DATAGRAMS, sent[0], count);
            sent[0] += count;
        };
    }
}
