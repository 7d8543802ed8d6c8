package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.Ending;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.SearchPath;
import io.podcapture.spi.ToolCounters;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCaptureTest {
    private static final Ending UNASKED = new Ending(
            EndCause.FAULT,
            true,
            ToolCounters.of(7, 7, 0),
            Optional.of(FailureReason.PROCESS_FAILED),
            "tcpdump ended although nobody asked it to");

    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    private final RunningCapture tcpdump = new RunningCapture() {
        @Override
        public void stop() {}

        @Override
        public CompletionStage<Ending> ended() {
            return ended;
        }

        @Override
        public void close() {}
    };

    @TempDir
    private Path directory;

    private FakeEngine engine;

    @BeforeEach
    void makeEngine() throws Exception {
        assumeTrue(SearchPath.ofThisJvm().find("sh").isPresent(), "there is a shell");
        engine = new FakeEngine(directory, ProcessHandle.current().pid());
    }

    @Test
    void ended_unaskedAndTheEngineIsGone_isStreamLostWithItsWords() throws Exception {
        engine.refuse("version", 1, "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?");
        Ending told = endingOf(UNASKED);
        assertThat(told.reason()).hasValue(FailureReason.STREAM_LOST);
        assertThat(told.explanation())
                .startsWith(UNASKED.explanation())
                .contains("the container engine cannot be reached: Cannot connect");
        assertThat(told)
                .returns(true, Ending::proven)
                .returns(UNASKED.counters(), Ending::counters)
                .returns(EndCause.FAULT, Ending::cause);
    }

    @Test
    void ended_unaskedAndTheEngineAnswers_staysAsItWas() throws Exception {
        assertThat(endingOf(UNASKED)).isEqualTo(UNASKED);
        assertThat(engine.calls("version")).hasSize(1);
    }

    @Test
    void ended_unaskedAndTheEngineRefusesForAnotherReason_staysAsItWas() throws Exception {
        engine.refuse("version", 1, "unknown flag");
        assertThat(endingOf(UNASKED)).isEqualTo(UNASKED);
    }

    @Test
    void ended_asWanted_asksNobody() throws Exception {
        engine.refuse("version", 1, "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?");
        Ending whole = Ending.whole(EndCause.STOPPED, UNASKED.counters());
        assertThat(endingOf(whole)).isEqualTo(whole);
        assertThat(directory.resolve("argv")).doesNotExist();
    }

    private Ending endingOf(Ending ending) {
        RunningCapture capture = new EngineCapture(tcpdump, engine.engine(), Runnable::run);
        ended.complete(ending);
        return capture.ended().toCompletableFuture().join();
    }
}
