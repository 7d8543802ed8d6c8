package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Leftover;
import io.podcapture.spi.CommandOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A helper container as an engine tells of it.
 *
 * @param status as docker and podman call it
 * @param startsBefore as the label has it
 */
record ListedContainer(String id, String name, String status, String session, String startsBefore) {
    // What the engine is to print of each, a line.
    private static final String FORMAT = String.join(
            "|",
            "{{.Id}}",
            "{{.Name}}",
            "{{.State.Status}}",
            label(HelperContainer.LABEL),
            label(HelperContainer.STARTS_BEFORE));

    private static final Set<String> ENDED = Set.of("exited", "stopped", "dead");

    private static final Set<String> NOT_STARTED = Set.of("created", "configured", "initialized");

    /**
     * Asks an engine for all helper containers, whatever they do.
     *
     * @param patience how long it may take to answer, twice
     */
    static List<ListedContainer> all(Engine engine, Duration patience) throws IOException, InterruptedException {
        CommandOutput list = engine.ask(
                patience,
                List.of("ps", "--all", "--quiet", "--no-trunc", "--filter", "label=" + HelperContainer.LABEL));
        if (list.status() != 0) {
            throw EngineFailure.of("list helper containers", list.stderr(), FailureReason.PROCESS_FAILED);
        }
        List<String> ids = list.stdout().lines().filter(line -> !line.isBlank()).toList();
        return ids.isEmpty() ? List.of() : all(engine, patience, ids);
    }

    private static List<ListedContainer> all(Engine engine, Duration patience, List<String> ids)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("inspect", "--type", "container", "--format", FORMAT, "--"));
        arguments.addAll(ids);
        CommandOutput output = engine.ask(patience, arguments);
        if (output.status() != 0) {
            CaptureException failure =
                    EngineFailure.of("look at helper containers", output.stderr(), FailureReason.PROCESS_FAILED);
            // One that has gone meanwhile is missed; the others are told of all the same.
            if (failure.reason() != FailureReason.TARGET_NOT_FOUND) {
                throw failure;
            }
        }
        return output.stdout()
                .lines()
                .map(ListedContainer::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Reads a line; empty if it is none of the format. */
    static Optional<ListedContainer> read(String line) {
        List<String> words = List.of(line.strip().split("\\|", -1));
        if (words.size() != 5 || !words.get(0).matches("[0-9a-f]{12,}")) {
            return Optional.empty();
        }
        String name = Container.nameOf(words.get(1));
        return Optional.of(new ListedContainer(words.get(0), name, words.get(2), words.get(3), words.get(4)));
    }

    /**
     * Tells whether it has lost its session. One that runs has not, nor one that is paused: its main process ends with its
     * session or its lease.
     */
    boolean isLeft(Instant now) {
        return ENDED.contains(status) || NOT_STARTED.contains(status) && now.isAfter(mustRun());
    }

    Leftover leftover(Engine engine) {
        String seen = ENDED.contains(status) ? "which is " + status : "which never came to run";
        return new Leftover(
                "container " + name,
                "helper of session " + session + ", " + seen,
                engine.words() + " rm --volumes " + name);
    }

    private Instant mustRun() {
        try {
            return Instant.parse(startsBefore);
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    private static String label(String name) {
        return "{{index .Config.Labels \"" + name + "\"}}";
    }
}
