package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.Leftover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine really says of containers that ended, run, or never ran, where one answers and has an image with a shell. */
class RealLeftoversIT {
    private static final String SESSION = "leftoversit";

    private final List<String> made = new ArrayList<>();

    private RealEngine engine;

    @AfterEach
    void removeAll() throws Exception {
        for (String container : made) {
            engine.remove(container);
        }
    }

    @ParameterizedTest
    @MethodSource("io.podcapture.local.RealEngine#installed")
    void remove_leftovers_sparesWhatRunsOrIsYetTo(String command) throws Exception {
        engine = RealEngine.required(command);
        String exited = make("run", "--detach", Instant.EPOCH, "true");
        engine.ask("wait", exited);
        String neverRan = make("create", "--interactive", Instant.EPOCH, "cat");
        String yetToRun = make("create", "--interactive", Instant.now().plusSeconds(600), "cat");
        String running = make("run", "--detach", Instant.EPOCH, "sleep", "600");
        String paused = make("run", "--detach", Instant.EPOCH, "sleep", "600");
        engine.ask("pause", paused);

        ContainerLeftovers found = ContainerLeftovers.find(command);
        List<String> ours = found.all().stream()
                .filter(leftover -> leftover.why().contains(SESSION))
                .map(Leftover::what)
                .toList();
        assertThat(ours).containsExactlyInAnyOrder("container " + name(exited), "container " + name(neverRan));

        engine.ask("start", neverRan);
        assertThat(found.remove().stream().filter(kept -> ours.contains(kept.what())))
                .singleElement()
                .satisfies(kept -> assertThat(kept.what()).isEqualTo("container " + name(neverRan)))
                .satisfies(kept -> assertThat(kept.why()).isEqualTo("a session uses it now"));
        assertThat(engine.ask(
                                "ps",
                                "--all",
                                "--quiet",
                                "--no-trunc",
                                "--filter",
                                "label=podcapture.io/session=" + SESSION)
                        .lines())
                .containsExactlyInAnyOrder(neverRan, yetToRun, running, paused);
    }

    private String make(String verb, String option, Instant startsBefore, String... command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(verb, option));
        arguments.addAll(List.of("--label", HelperContainer.LABEL + "=" + SESSION));
        arguments.addAll(List.of("--label", HelperContainer.STARTS_BEFORE + "=" + startsBefore));
        arguments.addAll(List.of("--entrypoint", command[0], RealEngine.TOOLS));
        arguments.addAll(List.of(command).subList(1, command.length));
        String id = engine.ask(arguments.toArray(String[]::new));
        made.add(id);
        return id;
    }

    private String name(String id) throws Exception {
        return Container.nameOf(engine.ask("inspect", "--format", "{{.Name}}", id));
    }
}
