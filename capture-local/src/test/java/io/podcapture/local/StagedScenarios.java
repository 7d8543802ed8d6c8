package io.podcapture.local;

import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios on a stage that is made once for all of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StagedScenarios {
    @TempDir
    private Path directory;

    private @Nullable Path shared;
    private @Nullable LocalStage stage;

    /**
     * Makes the stage; skips the tests where that cannot be.
     *
     * @param directory for what it needs
     */
    abstract LocalStage make(Path directory) throws Exception;

    static IntStream repetitions() {
        return IntStream.rangeClosed(1, Integer.getInteger("podcapture.repetitions", 5));
    }

    /** For what takes long. */
    static IntStream fewRepetitions() {
        return IntStream.rangeClosed(1, Integer.getInteger("podcapture.repetitions.others", 1));
    }

    @BeforeAll
    void makeStage(@TempDir Path shared) throws Exception {
        this.shared = shared;
        stage = make(shared);
    }

    @AfterAll
    void removeStage() throws Exception {
        if (stage != null) {
            stage.remove();
        }
    }

    /** Makes anew what a test has ended. */
    void renewStage() throws Exception {
        removeStage();
        stage = make(shared);
    }

    LocalStage stage() {
        return stage;
    }

    Path directory() {
        return directory;
    }

    CaptureSession.Builder session(String filter, Place... places) {
        return session(stage().method(), filter, places);
    }

    CaptureSession.Builder session(MethodChoice choice, String filter, Place... places) {
        CaptureSession.Builder session =
                CaptureSession.builder().via(choice).writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
        for (Place place : places) {
            place.addTo(session);
        }
        return filter.isEmpty() ? session : session.filter(filter);
    }

    static void awaitPackets(CaptureSession session, long packets) {
        Awaitility.await("packets")
                .atMost(Duration.ofSeconds(20))
                .until(() -> session.progress().packets() >= packets);
    }
}
