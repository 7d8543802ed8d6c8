package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After {@code kill -9} of the JVM nothing of ours lives on, on this machine or in the engine. */
class KilledSessionIT {
    // 10 MB: more than all pipes and sockets on the way hold.
    private static final String BIG_DATAGRAMS = "for ((i = 0; i < 500; i++)); do"
            + " dd bs=20000 count=1 if=/dev/zero 2>/dev/null >/dev/udp/127.0.0.1/9; done 2>/dev/null; true";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void docker_killed_leavesNothingAfter30Seconds(boolean blocked) throws Exception {
        RealEngine engine = RealEngine.required();
        String container = engine.startTools();
        try {
            KilledProgram killed;
            try (KilledProgram program = KilledProgram.start(
                    Targets.container(container),
                    directory.resolve("capture.pcapng"),
                    engine.engine().command(List.of()).get(0),
                    RealEngine.TOOLS,
                    blocked)) {
                killed = program;
                engine.ask("exec", container, "bash", "-c", BIG_DATAGRAMS);
                assertThat(engine.helpers(program.session())).hasSize(1);
                assertThat(program.processesNaming(container)).isNotEmpty();
            }
            Awaitility.await("nothing of ours is left").atMost(LIMIT).untilAsserted(() -> {
                assertThat(engine.helpers(killed.session())).isEmpty();
                // The shim of the container itself names it too.
                assertThat(killed.processesNaming("wait " + container, killed.session()))
                        .isEmpty();
            });
        } finally {
            engine.remove(container);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void netns_killed_leavesNothingAfter30Seconds(boolean blocked) throws Exception {
        try (TestNamespace namespace = TestNamespace.make()) {
            KilledProgram killed;
            try (KilledProgram program = KilledProgram.start(
                    Targets.process(namespace.pid()),
                    directory.resolve("capture.pcapng"),
                    "docker",
                    RealEngine.TOOLS,
                    blocked)) {
                killed = program;
                new ProcessBuilder(
                                "nsenter",
                                "--net=/proc/" + namespace.pid() + "/ns/net",
                                "--",
                                "bash",
                                "-c",
                                BIG_DATAGRAMS)
                        .start()
                        .waitFor();
                assertThat(program.processesNaming()).isNotEmpty();
            }
            Awaitility.await("nothing of ours is left")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(killed.processesNaming()).isEmpty());
        }
    }
}
