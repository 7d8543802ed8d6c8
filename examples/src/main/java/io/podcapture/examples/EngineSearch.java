package io.podcapture.examples;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.local.ContainerLeftovers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks for leftovers at container engines: the one that is named, else all whose commands are there. */
final class EngineSearch {
    private final Consumer<String> notes;

    /** Tells notes of engines that do not answer. */
    EngineSearch(Consumer<String> notes) {
        this.notes = notes;
    }

    /** Returns what each engine that answered has. Throws CaptureException if the one that is named does not. */
    List<ContainerLeftovers> find(Optional<String> named) {
        if (named.isPresent()) {
            return List.of(ContainerLeftovers.find(named.get()));
        }
        List<ContainerLeftovers> found = new ArrayList<>();
        for (String command : ContainerLeftovers.engines()) {
            try {
                found.add(ContainerLeftovers.find(command));
            } catch (CaptureException e) {
                if (e.reason() == FailureReason.CANCELLED) {
                    throw e;
                }
                // Who has no such command has no such containers.
                if (e.reason() != FailureReason.TOOL_MISSING) {
                    notes.accept("containers of " + command + ": " + e.getMessage());
                }
            }
        }
        return found;
    }
}
