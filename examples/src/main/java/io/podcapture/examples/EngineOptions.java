package io.podcapture.examples;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Which container engine is meant. */
final class EngineOptions {
    @Option(
            names = "--engine",
            paramLabel = "COMMAND",
            description =
                    "Command of the container engine, podman or a path for instance; docker, else podman, by default.")
    private Optional<String> command = Optional.empty();

    Optional<String> command() {
        return command;
    }
}
