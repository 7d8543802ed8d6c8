package io.podcapture.local;

import java.nio.file.Path;

class NetnsVolumeIT extends LocalVolumeScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return NetnsStage.make(directory);
    }
}
