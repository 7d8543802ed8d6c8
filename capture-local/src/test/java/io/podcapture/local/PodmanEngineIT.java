package io.podcapture.local;

import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanEngineIT extends EngineContract {
    PodmanEngineIT() {
        super("podman");
    }
}
