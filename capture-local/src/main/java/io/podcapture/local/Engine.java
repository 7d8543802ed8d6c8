package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that speaks to a container engine, here or elsewhere: what DOCKER_HOST, a context or CONTAINER_HOST say is up to
 * the command, which has the environment of this JVM.
 *
 * @param named a name to look for on the PATH, or a path; empty for docker, else podman
 */
record Engine(Optional<String> named) {
    /** The commands that are looked for where none is named, in this order. */
    static final List<String> USUAL = List.of("docker", "podman");

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Returns the command with arguments.
     *
     * @throws CaptureException with {@link FailureReason#TOOL_MISSING} if there is none
     */
    List<String> command(List<String> arguments) {
        List<String> argv = new ArrayList<>(arguments.size() + 1);
        argv.add(program().toString());
        argv.addAll(arguments);
        return argv;
    }

    /** Runs a short command and returns what it printed, whatever its status. */
    CommandOutput ask(Duration limit, List<String> arguments) throws IOException, InterruptedException {
        return LocalCommand.run(command(arguments), limit);
    }

    /** Returns what a user types for it. */
    String words() {
        return named.orElseGet(() -> String.valueOf(program().getFileName()));
    }

    private Path program() {
        if (named.isPresent()) {
            return SearchPath.ofThisJvm()
                    .find(named.get())
                    .orElseThrow(() -> missing("there is no command " + named.get() + " that this JVM can run"));
        }
        return USUAL.stream()
                .flatMap(name -> SearchPath.ofThisJvm().find(name).stream())
                .findFirst()
                .orElseThrow(
                        () -> missing("there is neither " + String.join(" nor ", USUAL) + " on the PATH of this JVM"));
    }

    private static CaptureException missing(String seen) {
        return new CaptureException(
                FailureReason.TOOL_MISSING,
                seen
                        + "; install one (its client is enough), or name its path: LocalMethods.builder().engine, --engine");
    }
}
