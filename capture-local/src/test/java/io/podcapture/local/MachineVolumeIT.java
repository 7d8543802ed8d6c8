package io.podcapture.local;

import java.nio.file.Path;

class MachineVolumeIT extends LocalVolumeScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return MachineStage.make(directory);
    }
}
