package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineFailureTest {
    // As docker 20 to 29 and podman 4 print them.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Error: No such container: web | TARGET_NOT_FOUND
                    Error response from daemon: No such container: web | TARGET_NOT_FOUND
                    Error: no such object: "web" | TARGET_NOT_FOUND
                    Error: no container with name or ID "web" found: no such container | TARGET_NOT_FOUND
                    docker: Error response from daemon: cannot join network of a non running container: 4f | TARGET_NOT_FOUND
                    Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock | FORBIDDEN
                    error during connect: ssh: Permission denied (publickey). | FORBIDDEN
                    Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running? | STREAM_LOST
                    failed to connect to the docker API at tcp://10.0.0.9:2376: dial tcp: i/o timeout | STREAM_LOST
                    Cannot connect to Podman. Please verify your connection to the Linux system | STREAM_LOST
                    docker: Error response from daemon: pull access denied for nope, repository does not exist | IMAGE_UNAVAILABLE
                    Error: initializing source docker://nope:latest: reading manifest latest | IMAGE_UNAVAILABLE
                    docker: Error response from daemon: authorization denied by plugin opa | POLICY_DENIED
                    crun: executable file `sh` not found in $PATH: exec: No such file or directory | TOOL_MISSING
                    something new | PROCESS_FAILED
                    """)
    void of_words_giveTheReason(String words, FailureReason reason) {
        assertThat(EngineFailure.of("run it", words, FailureReason.PROCESS_FAILED))
                .hasMessageContaining("cannot run it: " + words)
                .returns(reason, failure -> failure.reason());
    }

    @Test
    void of_nothingSaid_isTold() {
        assertThat(EngineFailure.of("pull image a", " \n", FailureReason.IMAGE_UNAVAILABLE))
                .hasMessageContaining("it said nothing")
                .returns(FailureReason.IMAGE_UNAVAILABLE, failure -> failure.reason());
    }
}
