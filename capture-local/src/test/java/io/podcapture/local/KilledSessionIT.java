package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.Targets;
import io.podcapture.pcap.PacketCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After {@code kill -9} of the JVM nothing of ours lives on, on this machine or in the engine. */
class KilledSessionIT {
    // 10 MB: more than all pipes and sockets on the way hold.
    private static final String MANY = "500";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    /** A command, and whether sinks block. */
    static Stream<Arguments> engines() {
        return RealEngine.installed().stream()
                .flatMap(command -> Stream.of(Arguments.of(command, false), Arguments.of(command, true)));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void engine_killed_leavesNothingAfter30Seconds(String command, boolean blocked) throws Exception {
        RealEngine engine = RealEngine.required(command);
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
                engine.ask("exec", container, "bash", "-c", LocalStage.BIG_DATAGRAMS, "traffic", "127.0.0.1", MANY);
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
                List<String> argv = new ArrayList<>(namespace.entered());
                argv.addAll(List.of("bash", "-c", LocalStage.BIG_DATAGRAMS, "traffic", "127.0.0.1", MANY));
                new ProcessBuilder(argv).start().waitFor();
                assertThat(program.processesNaming()).isNotEmpty();
            }
            Awaitility.await("nothing of ours is left")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(killed.processesNaming()).isEmpty());
        }
    }

    // The capture is a part of the JVM; the kernel must be free of it too, and no file be left but its own.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void local_killed_leavesNothingButWhatItCaptured(boolean blocked) throws Exception {
        try (TestLink link = TestLink.make()) {
            KilledProgram killed;
            try (KilledProgram program = KilledProgram.start(
                    Targets.localMachine(),
                    directory.resolve("capture.pcapng"),
                    "docker",
                    RealEngine.TOOLS,
                    blocked,
                    link.name())) {
                killed = program;
                link.packets().send(300);
                if (!blocked) {
                    Awaitility.await("packets").ignoreExceptions().atMost(LIMIT).until(() -> packets() == 300);
                }
                assertThat(link.isPromiscuous()).isTrue();
                assertThat(link.isCaptured()).isTrue();
            }
            Awaitility.await("nothing of ours is left").atMost(LIMIT).untilAsserted(() -> {
                assertThat(killed.processesNaming()).isEmpty();
                assertThat(link.isPromiscuous()).isFalse();
                assertThat(link.isCaptured()).isFalse();
            });
            assertThat(packets()).isEqualTo(blocked ? 0 : 300);
        }
    }

    /** Returns how many packets the only file has. */
    private long packets() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSize(1);
        long packets = 0;
        try (PacketCursor cursor = PacketCursor.open(files.get(0))) {
            while (cursor.next()) {
                packets++;
            }
        }
        return packets;
    }
}
