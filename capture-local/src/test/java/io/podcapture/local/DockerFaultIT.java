package io.podcapture.local;

import java.nio.file.Path;

class DockerFaultIT extends LocalFaultScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return EngineStage.make("docker");
    }
}
