package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.Leftover;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.SearchPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engine really says of containers that ended, run, or never ran, where one answers and has an image with a shell. */
class RealLeftoversIT {
    private static final Engine ENGINE = new Engine(Optional.empty());
    private static final String IMAGE = System.getProperty("podcapture.tools.image", "localhost/tools:1");
    private static final String SESSION = "leftoversit";

    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void requireEngine() throws Exception {
        assumeTrue(
                SearchPath.ofThisJvm().find("docker").isPresent()
                        || SearchPath.ofThisJvm().find("podman").isPresent(),
                "there is a docker or podman command");
        CommandOutput image = ENGINE.ask(Engine.PATIENCE, List.of("image", "inspect", IMAGE));
        assumeTrue(image.status() == 0, "an engine has image " + IMAGE + ": " + image.stderr());
    }

    @AfterEach
    void removeAll() throws Exception {
        for (String container : made) {
            new ContainerRemoval(ENGINE).force(container);
        }
    }

    @Test
    void remove_leftovers_sparesWhatRunsOrIsYetTo() throws Exception {
        String exited = make("run", "--detach", Instant.EPOCH, "true");
        ask("wait", exited);
        String neverRan = make("create", "--interactive", Instant.EPOCH, "cat");
        String yetToRun = make("create", "--interactive", Instant.now().plusSeconds(600), "cat");
        String running = make("run", "--detach", Instant.EPOCH, "sleep", "600");
        String paused = make("run", "--detach", Instant.EPOCH, "sleep", "600");
        ask("pause", paused);

        ContainerLeftovers found = ContainerLeftovers.find();
        List<String> ours = found.all().stream()
                .filter(leftover -> leftover.why().contains(SESSION))
                .map(Leftover::what)
                .toList();
        assertThat(ours).containsExactlyInAnyOrder("container " + name(exited), "container " + name(neverRan));

        ask("start", neverRan);
        assertThat(found.remove().stream().filter(kept -> ours.contains(kept.what())))
                .singleElement()
                .satisfies(kept -> assertThat(kept.what()).isEqualTo("container " + name(neverRan)))
                .satisfies(kept -> assertThat(kept.why()).isEqualTo("a session uses it now"));
        assertThat(ask("ps", "--all", "--quiet", "--no-trunc", "--filter", "label=podcapture.io/session=" + SESSION)
                        .lines())
                .containsExactlyInAnyOrder(neverRan, yetToRun, running, paused);
    }

    private String make(String verb, String option, Instant startsBefore, String... command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(verb, option));
        arguments.addAll(List.of("--label", HelperContainer.LABEL + "=" + SESSION));
        arguments.addAll(List.of("--label", HelperContainer.STARTS_BEFORE + "=" + startsBefore));
        arguments.addAll(List.of("--entrypoint", command[0], IMAGE));
        arguments.addAll(List.of(command).subList(1, command.length));
        String id = ask(arguments.toArray(String[]::new));
        made.add(id);
        return id;
    }

    private static String name(String id) throws Exception {
        String name = ask("inspect", "--format", "{{.Name}}", id);
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static String ask(String... arguments) throws Exception {
        CommandOutput output = ENGINE.ask(Engine.PATIENCE, List.of(arguments));
        assertThat(output.status()).as(output.stderr()).isZero();
        return output.stdout().strip();
    }
}
