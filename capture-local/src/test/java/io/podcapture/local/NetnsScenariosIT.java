package io.podcapture.local;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class NetnsScenariosIT extends LocalScenarios {
    @TempDir
    private static Path pages;

    private static NetnsStage stage;

    @BeforeAll
    static void makeNamespaces() throws Exception {
        stage = NetnsStage.make(pages);
    }

    @AfterAll
    static void removeNamespaces() throws Exception {
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
        stage = NetnsStage.make(pages);
    }
}
