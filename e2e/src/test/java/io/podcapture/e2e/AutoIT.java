package io.podcapture.e2e;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class AutoIT extends AutoScenarios {
    private static TestCluster free;
    private static TestCluster baseline;
    private static TestCluster restricted;

    @BeforeAll
    static void makePods() {
        free = TestCluster.withNamespace(Map.of());
        baseline = TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", "baseline"));
        restricted = TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        makePods(free, baseline, restricted);
    }

    @AfterAll
    static void removePods() {
        restricted.close();
        baseline.close();
        free.close();
    }

    @Override
    Stage stage(String level) {
        return switch (level) {
            case "baseline" -> baseline;
            case "restricted" -> restricted;
            default -> free;
        };
    }

    @Override
    void tell(Object words) {
        System.out.println(words);
    }
}
