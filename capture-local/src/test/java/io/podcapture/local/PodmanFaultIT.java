package io.podcapture.local;

import java.nio.file.Path;

class PodmanFaultIT extends LocalFaultScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return EngineStage.make("podman");
    }
}
