package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeftoverSearchTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void isLeft_running_isNotHoweverLongAgoItShouldHaveStarted() {
        assertThat(LeftoverSearch.isLeft(helper("Running", "2020-01-01T00:00:00Z"), NOW))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Succeeded", "Failed", "Unknown"})
    void isLeft_ended_isAlsoBeforeItShouldHaveStarted(String phase) {
        assertThat(LeftoverSearch.isLeft(helper(phase, "2026-01-01T12:03:00Z"), NOW))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01T12:00:01Z, false", "2026-01-01T12:00:00Z, false", "2026-01-01T11:59:59.999Z, true"})
    void isLeft_pending_isAfterTheMomentItShouldHaveStarted(String startsBefore, boolean left) {
        assertThat(LeftoverSearch.isLeft(helper("Pending", startsBefore), NOW)).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1767268800"})
    void isLeft_pendingWithAMomentThatNobodyCanRead_is(String startsBefore) {
        assertThat(LeftoverSearch.isLeft(helper("Pending", startsBefore), NOW)).isTrue();
    }

    @Test
    void isLeft_pendingWithoutThatMoment_is() {
        assertThat(LeftoverSearch.isLeft(Pods.inPhase("helper", "Pending"), NOW))
                .isTrue();
        Pod noAnnotations = new PodBuilder(Pods.inPhase("helper", "Pending"))
                .editMetadata()
                .withAnnotations(null)
                .endMetadata()
                .build();
        assertThat(LeftoverSearch.isLeft(noAnnotations, NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "Running", "Succeeded", "Failed"})
    void isLeft_beingDeleted_isNot(String phase) {
        Pod pod = new PodBuilder(helper(phase, "2020-01-01T00:00:00Z"))
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T11:59:00Z")
                .endMetadata()
                .build();
        assertThat(LeftoverSearch.isLeft(pod, NOW)).isFalse();
    }

    private static Pod helper(String phase, String startsBefore) {
        return new PodBuilder(Pods.inPhase("helper", phase))
                .editMetadata()
                .addToAnnotations("podcapture.io/starts-before", startsBefore)
                .endMetadata()
                .build();
    }
}
