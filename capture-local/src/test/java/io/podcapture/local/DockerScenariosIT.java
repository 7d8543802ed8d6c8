package io.podcapture.local;

import java.nio.file.Path;

class DockerScenariosIT extends LocalScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return EngineStage.make("docker");
    }
}
