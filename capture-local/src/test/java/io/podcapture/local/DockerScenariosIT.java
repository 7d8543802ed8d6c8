package io.podcapture.local;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DockerScenariosIT extends LocalScenarios {
    private static DockerStage stage;

    @BeforeAll
    static void makeContainers() throws Exception {
        stage = DockerStage.make();
    }

    @AfterAll
    static void removeContainers() throws Exception {
        if (stage != null) {
            stage.remove();
        }
    }

    @Override
    LocalStage stage() {
        return stage;
    }

    @Override
    void renewTools() throws Exception {
        stage.remove();
        stage = DockerStage.make();
    }
}
