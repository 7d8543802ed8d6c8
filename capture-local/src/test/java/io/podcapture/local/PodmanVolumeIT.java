package io.podcapture.local;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanVolumeIT extends LocalVolumeScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return EngineStage.make("podman");
    }
}
