package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes containers of ours away, with the volumes that an image may declare; that one has gone already is as good.
 *
 * @param engine that has them
 */
record ContainerRemoval(Engine engine) {
    private static final List<String> GONE =
            List.of("no such container", "no container with", "already in progress", "no such object");

    /**
     * Removes a container, whatever it does.
     *
     * @throws CaptureException if the engine refuses, with its words
     */
    void force(String container) throws IOException, InterruptedException {
        String refusal = refusal(List.of("--force", "--volumes"), container);
        if (!refusal.isEmpty()) {
            throw failure(refusal);
        }
    }

    /**
     * Removes a container that does not run, and says why not if it does: the engine itself sees to it that none is hit which
     * has come to run meanwhile.
     *
     * @throws CaptureException if the engine refuses for another reason, with its words
     */
    Optional<String> unlessItRuns(String container) throws IOException, InterruptedException {
        String refusal = refusal(List.of("--volumes"), container);
        String words = refusal.toLowerCase(Locale.ROOT);
        if (words.contains("cannot remove") && (words.contains("running") || words.contains("paused"))) {
            return Optional.of("a session uses it now");
        }
        if (!refusal.isEmpty()) {
            throw failure(refusal);
        }
        return Optional.empty();
    }

    private String refusal(List<String> options, String container) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("rm"));
        arguments.addAll(options);
        arguments.addAll(List.of("--", container));
        CommandOutput output = engine.ask(Engine.PATIENCE, arguments);
        String words = output.stderr().toLowerCase(Locale.ROOT);
        boolean gone = output.status() == 0 || GONE.stream().anyMatch(words::contains);
        return gone ? "" : output.stderr().isBlank() ? "status " + output.status() : output.stderr();
    }

    private static CaptureException failure(String words) {
        return EngineFailure.of("remove it", words, FailureReason.PROCESS_FAILED);
    }
}
