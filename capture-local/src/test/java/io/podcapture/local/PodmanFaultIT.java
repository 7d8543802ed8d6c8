package io.podcapture.local;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanFaultIT extends LocalFaultScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return EngineStage.make("podman");
    }
}
