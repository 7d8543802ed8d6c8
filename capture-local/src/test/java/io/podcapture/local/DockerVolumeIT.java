package io.podcapture.local;

import java.nio.file.Path;

class DockerVolumeIT extends LocalVolumeScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return EngineStage.make("docker");
    }
}
