package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The image of helper containers, at the engine.
 *
 * @param name as docker takes it
 * @param mayPull whether the engine may fetch it where it has it not
 */
record HelperImage(String name, boolean mayPull) {
    private static final Set<FailureReason> SAYS_NOTHING_OF_IT =
            Set.of(FailureReason.STREAM_LOST, FailureReason.FORBIDDEN, FailureReason.POLICY_DENIED);

    /** Tells whether the engine has it. */
    boolean isThere(Engine engine) throws IOException, InterruptedException {
        CommandOutput output =
                engine.ask(Engine.PATIENCE, List.of("image", "inspect", "--format", "{{.Id}}", "--", name));
        if (output.status() == 0) {
            return true;
        }
        CaptureException failure =
                EngineFailure.of("look for image " + name, output.stderr(), FailureReason.IMAGE_UNAVAILABLE);
        if (SAYS_NOTHING_OF_IT.contains(failure.reason())) {
            throw failure;
        }
        return false;
    }

    /**
     * Lets the engine fetch it. Not left to the start of the container: a slow pull, silent there, would look like a broken
     * connection.
     *
     * @param limit how long it may take
     * @throws CaptureException if it may not be pulled or cannot be
     */
    void pull(Engine engine, Duration limit) throws IOException, InterruptedException {
        if (!mayPull) {
            throw missing();
        }
        CommandOutput output = engine.ask(limit, List.of("pull", "--quiet", "--", name));
        if (output.status() != 0) {
            throw EngineFailure.of("pull image " + name, output.stderr(), FailureReason.IMAGE_UNAVAILABLE);
        }
    }

    /** Returns the failure of a capture that would have to pull and may not. */
    CaptureException missing() {
        return new CaptureException(
                FailureReason.IMAGE_UNAVAILABLE,
                "the container engine has no image " + name + " and may not pull it; load it there first");
    }
}
