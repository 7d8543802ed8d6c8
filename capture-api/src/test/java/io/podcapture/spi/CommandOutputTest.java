package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandOutputTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LooseContext context = new LooseContext();
    private final FeedProcess process = new FeedProcess();

    @AfterEach
    void endThreads() {
        process.breakOff();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137})
    void of_endedCommand_hasStatusAndBothOutputs(int status) throws Exception {
        process.out.give("out ");
        process.out.give("put");
        process.err.give("com");
        process.err.give("plaint");
        end(status);
        assertThat(of(LONG)).isEqualTo(new CommandOutput(status, "out put", "complaint"));
        assertThat(process.closed).isDone();
    }

    @Test
    void of_outputThatEndsAfterTheExit_isWaitedFor() throws Exception {
        process.exit.complete(0);
        process.err.end();
        context.executor().execute(() -> {
            process.out.give("late");
            process.out.end();
        });
        assertThat(of(LONG).stdout()).isEqualTo("late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " >&2"})
    void of_moreThanIsKept_isReadToItsEnd(String where) throws Exception {
        Process local = new ProcessBuilder("sh", "-c", "head -c 6000000 /dev/zero" + where + "; echo; exit 3").start();
        CommandOutput output = CommandOutput.of(RemoteProcess.of(local), context.executor(), LONG);
        assertThat(output.status()).isEqualTo(3);
        assertThat(output.stdout() + output.stderr()).hasSizeBetween(4 << 20, (4 << 20) + 1);
    }

    @Test
    void of_commandThatDoesNotEnd_isStartTimeout() {
        process.out.give("still here");
        CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> of(Duration.ofMillis(50)));
        assertThat(thrown.reason()).isEqualTo(FailureReason.START_TIMEOUT);
        assertThat(process.closed).isDone();
    }

    @Test
    void of_noTimeLeft_isStartTimeout() {
        CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> of(Duration.ZERO));
        assertThat(thrown.reason()).isEqualTo(FailureReason.START_TIMEOUT);
    }

    @Test
    void of_brokenConnection_isAnIoException() {
        process.breakOff();
        assertThatThrownBy(() -> of(LONG)).isInstanceOf(IOException.class).hasMessageContaining("gone");
        assertThat(process.closed).isDone();
    }

    @Test
    void of_outputThatBreaksAlone_isAnIoException() {
        process.exit.complete(0);
        process.err.end();
        process.out.breakOff();
        assertThatThrownBy(() -> of(LONG)).isInstanceOf(IOException.class).hasMessageContaining("connection reset");
    }

    @Test
    void of_refusal_isPassedOn() {
        CaptureException refusal = new CaptureException(FailureReason.TOOL_MISSING, "there is no sh");
        process.exit.completeExceptionally(refusal);
        process.out.end();
        process.err.end();
        assertThatThrownBy(() -> of(LONG)).isSameAs(refusal);
        assertThat(process.closed).isDone();
    }

    @Test
    void of_interrupted_closesTheProcess() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> of(LONG)).isInstanceOf(InterruptedException.class);
        assertThat(process.closed).isDone();
        assertThat(Thread.interrupted()).isFalse();
    }

    private CommandOutput of(Duration limit) throws IOException, InterruptedException {
        return CommandOutput.of(process, context.executor(), limit);
    }

    private void end(int status) {
        process.out.end();
        process.err.end();
        process.exit.complete(status);
    }
}
