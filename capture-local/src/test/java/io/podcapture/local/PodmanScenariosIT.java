package io.podcapture.local;

import java.nio.file.Path;

class PodmanScenariosIT extends LocalScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return EngineStage.make("podman");
    }
}
