package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.SearchPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A Docker or Podman engine that answers and has the images of the tests.
 *
 * @param engine the command that leads to it
 */
record RealEngine(Engine engine) {
    /** Has bash, busybox and tcpdump. */
    static final String TOOLS = System.getProperty("podcapture.tools.image", "localhost/tools:1");

    /** Returns Podman's where the build takes in the tests of Podman, and Docker's in any case, so that the lack of it is told. */
    static List<String> installed() {
        return Files.isExecutable(Path.of("/usr/bin/podman")) ? List.of("docker", "podman") : List.of("docker");
    }

    /** Returns that of Docker; skips the test where there is none. */
    static RealEngine required() throws Exception {
        return required("docker");
    }

    /** Returns the one that a command leads to; skips the test where there is none. */
    static RealEngine required(String command) throws Exception {
        assumeTrue(SearchPath.ofThisJvm().find(command).isPresent(), "there is a command " + command);
        RealEngine engine = new RealEngine(new Engine(Optional.of(command)));
        engine.requireImage(TOOLS);
        return engine;
    }

    void requireImage(String image) throws Exception {
        CommandOutput answer = engine.ask(Engine.PATIENCE, List.of("image", "inspect", image));
        assumeTrue(answer.status() == 0, "an engine has image " + image + ": " + answer.stderr());
    }

    /** Begins with the image that it has. */
    LocalMethods.Builder methods() {
        LocalMethods.Builder methods = LocalMethods.builder().image(TOOLS).neverPull();
        engine.named().ifPresent(methods::engine);
        return methods;
    }

    /** Runs a command of the engine that must succeed, and returns what it printed. */
    String ask(String... arguments) throws Exception {
        CommandOutput output = engine.ask(Engine.PATIENCE, List.of(arguments));
        assertThat(output.status())
                .as(String.join(" ", arguments) + ": " + output.stderr())
                .isZero();
        return output.stdout().strip();
    }

    /** Starts a container that lives until it is removed, and returns its id. */
    String startTools(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--detach", "--rm"));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(List.of("--entrypoint", "sleep", TOOLS, "600"));
        return ask(arguments.toArray(String[]::new));
    }

    void remove(String container) throws Exception {
        engine.ask(Engine.PATIENCE, List.of("rm", "--force", container));
    }

    /** Returns the ids of a session's helpers, those included that have ended. */
    List<String> helpers(String session) throws Exception {
        return ask("ps", "--all", "--quiet", "--filter", "label=" + HelperContainer.LABEL + "=" + session)
                .lines()
                .toList();
    }
}
