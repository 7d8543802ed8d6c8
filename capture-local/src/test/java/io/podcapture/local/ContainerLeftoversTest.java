package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Leftover;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerLeftoversTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String LONG_AGO = "2025-01-01T12:00:00Z";

    @TempDir
    private Path directory;

    private EngineOfHelpers engine;

    @BeforeEach
    void makeEngine() throws IOException {
        engine = new EngineOfHelpers(directory);
    }

    @Test
    void engines_withoutAName_areLookedForInThisOrder() {
        assertThat(ContainerLeftovers.engines()).containsExactly("docker", "podman");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "paused", "restarting", "removing", "stopping", "something new"})
    void find_stillThere_isNotLeftHoweverOld(String status) throws IOException {
        engine.add("helper", status, LONG_AGO);
        assertThat(find().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exited", "stopped", "dead"})
    void find_ended_isLeftAlsoBeforeItMustHaveStarted(String status) throws IOException {
        engine.add("helper", status, "2026-01-01T12:03:00Z");
        assertThat(find().all())
                .containsExactly(new Leftover(
                        "container helper",
                        "helper of session k3x8, which is " + status,
                        directory.resolve("docker") + " rm --volumes helper"));
    }

    @ParameterizedTest
    @CsvSource({
        "created, 2026-01-01T12:00:01Z, 0",
        "created, 2026-01-01T12:00:00Z, 0",
        "created, 2026-01-01T11:59:59Z, 1",
        "configured, 2026-01-01T11:59:59Z, 1",
        "initialized, 2026-01-01T11:59:59Z, 1",
        "created, soon, 1",
        "created, '', 1"
    })
    void find_neverRan_isLeftAfterTheMomentItMustRun(String status, String startsBefore, int left) throws IOException {
        engine.add("helper", status, startsBefore);
        assertThat(find().all())
                .hasSize(left)
                .allSatisfy(leftover -> assertThat(leftover.why()).endsWith("which never came to run"));
    }

    @Test
    void find_oneGoesMeanwhile_tellsOfTheOthers() throws IOException {
        engine.listOnly("f".repeat(64));
        engine.add("helper", "exited", LONG_AGO);
        assertThat(find().all()).extracting(Leftover::what).containsExactly("container helper");
    }

    @Test
    void find_nothing_isEmpty() {
        assertThat(find().all()).isEmpty();
        assertThat(find().remove()).isEmpty();
    }

    @Test
    void remove_found_removesThemAndNoOther() throws IOException {
        String exited = engine.add("exited", "exited", LONG_AGO);
        String created = engine.add("created", "created", LONG_AGO);
        String running = engine.add("running", "running", LONG_AGO);
        assertThat(find().remove()).isEmpty();
        assertThat(engine.has(exited)).isFalse();
        assertThat(engine.has(created)).isFalse();
        assertThat(engine.has(running)).isTrue();
    }

    @Test
    void remove_cameToRunMeanwhile_isKept() throws IOException {
        String id = engine.add("late", "created", LONG_AGO);
        ContainerLeftovers found = find();
        engine.set(id, "late", "running", LONG_AGO);
        assertThat(found.remove()).singleElement().satisfies(kept -> {
            assertThat(kept.what()).isEqualTo("container late");
            assertThat(kept.why()).isEqualTo("a session uses it now");
        });
        assertThat(engine.has(id)).isTrue();
    }

    @Test
    void remove_goneMeanwhile_isAsGood() throws IOException {
        String id = engine.add("late", "exited", LONG_AGO);
        ContainerLeftovers found = find();
        engine.forget(id);
        assertThat(found.remove()).isEmpty();
    }

    @Test
    void remove_engineRefuses_saysWhy() throws IOException {
        engine.add("stuck", "dead", LONG_AGO);
        ContainerLeftovers found = find();
        engine.refuseAll("Error response from daemon: driver failed to remove root filesystem: device busy");
        assertThat(found.remove())
                .singleElement()
                .satisfies(kept -> assertThat(kept.why()).contains("cannot remove it", "device busy"));
    }

    @Test
    void remove_engineHasGone_isNotTakenForOneThatRuns() throws IOException {
        engine.add("stuck", "exited", LONG_AGO);
        ContainerLeftovers found = find();
        engine.refuseAll("Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?");
        assertThat(found.remove())
                .singleElement()
                .satisfies(kept -> assertThat(kept.why()).contains("unix:///x", "DOCKER_HOST"));
    }

    @Test
    void find_engineDoesNotAnswer_fails() throws IOException {
        engine.refuseAll("Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?");
        assertThat(catchThrowableOfType(CaptureException.class, this::find))
                .returns(FailureReason.STREAM_LOST, CaptureException::reason)
                .hasMessageContaining("cannot list helper containers");
    }

    @Test
    void find_noCommand_isMissing() {
        assertThat(catchThrowableOfType(CaptureException.class, () -> ContainerLeftovers.find("/nonexistent/docker")))
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining("/nonexistent/docker");
    }

    private ContainerLeftovers find() {
        return ContainerLeftovers.find(engine.engine(), () -> NOW, Engine.PATIENCE);
    }
}
