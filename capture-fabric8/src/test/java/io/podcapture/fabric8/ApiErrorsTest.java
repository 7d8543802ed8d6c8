package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorsTest {
    private static final ApiCall PATCH = new ApiCall("patch", "pods/ephemeralcontainers", "pod demo/web");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    403 | pods "web" is forbidden: User "eve" cannot patch resource "pods/ephemeralcontainers"  | FORBIDDEN
                    403 | pods "web" is forbidden: violates PodSecurity "baseline:latest": non-default capabilities | POLICY_DENIED
                    403 | admission webhook "policy.example" denied the request: no                              | POLICY_DENIED
                    403 | unable to validate against any security context constraint                              | POLICY_DENIED
                    401 | Unauthorized                                                                            | FORBIDDEN
                    404 | pods "web" not found                                                                    | TARGET_NOT_FOUND
                    422 | Pod "web" is invalid                                                                    | PROCESS_FAILED
                    503 | the server is currently unable to handle the request                                    | STREAM_LOST
                    """)
    void translate_answer_hasReasonAndWords(int code, String words, FailureReason reason) {
        assertThat(ApiErrors.translate(answer(code, words), PATCH))
                .returns(reason, CaptureException::reason)
                .hasMessageContaining(words)
                .hasMessageContaining("patch pods/ephemeralcontainers of pod demo/web");
    }

    @Test
    void translate_missingRight_namesVerbAndResource() {
        assertThat(ApiErrors.translate(answer(403, "no"), PATCH))
                .hasMessageEndingWith("needed is patch on pods/ephemeralcontainers");
    }

    @Test
    void translate_noAnswer_saysWhatToDo() {
        KubernetesClientException e =
                new KubernetesClientException("An error has occurred.", new IOException("timed out"));
        assertThat(ApiErrors.translate(e, PATCH))
                .returns(FailureReason.STREAM_LOST, CaptureException::reason)
                .hasMessageContaining("timed out")
                .hasMessageContaining("check that the API server is reachable");
    }

    @Test
    void ask_interrupted_isNoFailureOfTheServer() {
        assertThatThrownBy(() -> PATCH.ask(() -> {
                    throw new KubernetesClientException("gave up", new InterruptedException());
                }))
                .isInstanceOf(InterruptedException.class);
    }

    private static KubernetesClientException answer(int code, String words) {
        return new KubernetesClientException(
                words,
                code,
                new StatusBuilder().withCode(code).withMessage(words).build());
    }
}
