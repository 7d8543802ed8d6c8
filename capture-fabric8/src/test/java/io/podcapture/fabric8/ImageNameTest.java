package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
    @ParameterizedTest
    @CsvSource({
        "docker.io/nicolaka/netshoot:v0.13, mirror.example, mirror.example/nicolaka/netshoot:v0.13",
        "nicolaka/netshoot:v0.13, mirror.example, mirror.example/nicolaka/netshoot:v0.13",
        "netshoot, mirror.example:5000, mirror.example:5000/netshoot",
        "netshoot:v1, mirror.example/, mirror.example/netshoot:v1",
        "localhost/tools:1, mirror.example, mirror.example/tools:1",
        "localhost:5000/tools:1, mirror.example/team, mirror.example/team/tools:1",
        "quay.io/a/b@sha256:0123, mirror.example, mirror.example/a/b@sha256:0123",
        "team/a/b:1.2, localhost:5000, localhost:5000/team/a/b:1.2",
        "tools:1.2, mirror.example, mirror.example/tools:1.2"
    })
    void inRegistry_image_keepsAllButTheRegistry(String image, String registry, String expected) {
        assertThat(ImageName.inRegistry(image, registry)).isEqualTo(expected);
    }
}
