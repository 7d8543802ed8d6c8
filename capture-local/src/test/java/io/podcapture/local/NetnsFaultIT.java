package io.podcapture.local;

import java.nio.file.Path;

class NetnsFaultIT extends LocalFaultScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return NetnsStage.make(directory);
    }
}
