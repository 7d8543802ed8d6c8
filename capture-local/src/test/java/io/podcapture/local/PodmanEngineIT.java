package io.podcapture.local;

class PodmanEngineIT extends EngineContract {
    PodmanEngineIT() {
        super("podman");
    }
}
