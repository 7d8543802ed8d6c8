package io.podcapture.local;

import java.nio.file.Path;

class NetnsScenariosIT extends LocalScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return NetnsStage.make(directory);
    }
}
