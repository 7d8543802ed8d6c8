package io.podcapture.e2e;

import io.podcapture.testkit.cluster.PodSecurity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SimulatedRefusalTest extends RefusalScenarios {
    private static SimulatedStage stage;

    @BeforeAll
    static void makePods() throws Exception {
        stage = SimulatedStage.withPods();
    }

    @AfterAll
    static void removePods() {
        stage.close();
    }

    @Override
    Stage stage() {
        return stage;
    }

    @Override
    Stage enforcing(String level) {
        return stage.enforcing(PodSecurity.valueOf(level.toUpperCase(Locale.ROOT)));
    }

    // The file system is this machine's.
    @Override
    String filesMade() {
        return Stream.of("/tmp/x", "/x")
                .filter(file -> Files.exists(Path.of(file)))
                .collect(Collectors.joining(" "));
    }
}
