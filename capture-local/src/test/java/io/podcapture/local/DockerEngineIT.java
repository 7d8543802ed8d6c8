package io.podcapture.local;

class DockerEngineIT extends EngineContract {
    DockerEngineIT() {
        super("docker");
    }
}
