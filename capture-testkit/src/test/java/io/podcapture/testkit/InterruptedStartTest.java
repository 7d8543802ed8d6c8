package io.podcapture.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedStartTest {
    private final FakeNetwork network = new FakeNetwork();

    @TempDir
    Path directory;

    @Test
    void start_interruptedBeforeAndDoneAtOnce_isCancelledAndUndone() {
        FakeMachine machine = network.add("mill");
        CaptureSession session = CaptureSession.builder()
                .target(network.target(machine))
                .via(MethodChoice.inOrder(network.method()))
                .executor(InterruptedStartTest::runToItsEnd)
                .writeTo(directory.resolve("capture.pcapng"))
                .build();
        Thread.currentThread().interrupt();
        CaptureException thrown = catchThrowableOfType(CaptureException.class, session::start);
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(thrown).returns(FailureReason.CANCELLED, CaptureException::reason);
        assertThat(directory).isEmptyDirectory();
    }

    // When this returns all is done that is to be waited for.
    private static void runToItsEnd(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        while (thread.isAlive()) {
            Thread.onSpinWait();
        }
    }
}
