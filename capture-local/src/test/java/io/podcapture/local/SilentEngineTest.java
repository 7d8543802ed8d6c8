package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is asked and never answers. */
class SilentEngineTest {
    @TempDir
    private Path directory;

    @Test
    void leftovers_areLostAndNoSlowStart() throws Exception {
        EngineOfHelpers engine = new EngineOfHelpers(directory);
        engine.hang();
        Duration patience = Duration.ofMillis(1);
        assertThat(catchThrowableOfType(
                        CaptureException.class,
                        () -> ContainerLeftovers.find(engine.engine(), () -> Instant.EPOCH, patience)))
                .returns(FailureReason.STREAM_LOST, CaptureException::reason)
                .hasMessageContaining("cannot list helper containers")
                .hasMessageContaining("did not end within")
                .hasMessageContaining("DOCKER_HOST");
    }
}
