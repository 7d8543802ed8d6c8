package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PausedScaleTest {
    @ParameterizedTest
    @CsvSource({
        // replicas of two sets, wanted, replicas of both afterwards
        "4, 0, 6, 6, 0",
        "0, 0, 2, 0, 2",
        "3, 2, 8, 6, 4",
        "3, 2, 4, 3, 2",
        "2, 1, 0, 0, 0",
        "1, 3, 1, 1, 1",
    })
    void steps_ofTwoSets_keepTheirShares(long first, long second, long wanted, long firstAfter, long secondAfter) {
        Map<String, Object> deployment =
                Map.of("spec", Map.of("replicas", wanted, "strategy", Map.of("type", "RollingUpdate")));
        long[] after = {first, second};
        PausedScale.steps(deployment, List.of(set(0, first), set(1, second)))
                .forEach(step -> after[(int) Fields.number(step.set(), 0, "number")] = step.replicas());
        assertThat(after).containsExactly(firstAfter, secondAfter);
    }

    private static ScaleStep.Scaled set(long number, long replicas) {
        return new ScaleStep.Scaled(Map.of("number", number, "spec", Map.of("replicas", replicas)), replicas, replicas);
    }
}
