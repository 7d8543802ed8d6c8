package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OnCluster
class UploadIT extends UploadScenarios {
    // All mounts, for the file may have been in any of them.
    private static final String LOOK_FOR_FILES =
            "find / \\( -path /proc -o -path /sys \\) -prune -o -name '.podcapture-*' -print 2>/dev/null; true";

    private static TestCluster cluster;

    @BeforeAll
    static void makePods() {
        StaticTcpdumpFile.get();
        cluster = TestCluster.withPods();
        makePods(cluster);
    }

    @AfterAll
    static void removePods() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    Stage stage() {
        return cluster;
    }

    @Override
    String filesBrought(String session, String pod, String container, String shell) throws Exception {
        return new PodShell(cluster.client(), cluster.namespace(), pod, container, shell).run(LOOK_FOR_FILES);
    }

    @Test
    void readOnlyRoot_withoutVolume_isRefusedWithTheDirectoriesTried() throws Exception {
        CaptureException thrown = failure(on("read-only"), "");
        assertThat(thrown.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(thrown)
                .hasMessageContaining("/tmp (not writable), /dev/shm (programs may not run there)")
                .hasMessageContaining("the method ephemeral");
        assertNoFile("read-only", "tools", "bash");
    }
}
