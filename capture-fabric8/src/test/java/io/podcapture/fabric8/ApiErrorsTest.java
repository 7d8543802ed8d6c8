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
                    403 | exceeded quota: compute, requested: pods=1, used: pods=9, limited: pods=9               | POLICY_DENIED
                    400 | admission webhook "policy.example" denied the request: no                              | POLICY_DENIED
                    500 | Internal error occurred: failed calling webhook "policy.example": timed out             | STREAM_LOST
                    409 | Operation cannot be fulfilled: the object has been modified                             | PROCESS_FAILED
                    429 | too many requests                                                                       | STREAM_LOST
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
                .hasMessageContaining("needed is patch on pods/ephemeralcontainers");
    }

    @Test
    void translate_podSecurity_leavesOutTheFields() {
        assertThat(ApiErrors.translate(
                        answer(
                                403,
                                "violates PodSecurity \"baseline:latest\": host namespaces (hostPID=true), privileged"
                                        + " (container \"x\" must not set securityContext.privileged=true)"),
                        PATCH))
                .hasMessageContaining("violates PodSecurity \"baseline:latest\": host namespaces, privileged; use");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    403 | violates PodSecurity "baseline:latest": x                | Pod Security refuses it | another method
                    403 | failed quota: q: must specify limits.ephemeral-storage  | a quota of the namespace refuses it | free some of it
                    403 | cpu max limit to request ratio per Container is 4, but provided ratio is 100 | a limit range of the namespace refuses it | set other resources
                    403 | unable to create new content in namespace x because it is being terminated | the namespace is being deleted | use another namespace
                    422 | ValidatingAdmissionPolicy 'no-raw' with binding 'b' denied request: no | the validating admission policy no-raw refuses it | ask who set it
                    403 | exceeded quota: compute                                 | a quota of the namespace refuses it | free some of it
                    403 | [maximum memory usage per Pod is 1Mi, but limit is 2Mi] | a limit range of the namespace refuses it | set other resources
                    400 | admission webhook "policy.example" denied the request: no | the admission webhook policy.example refuses it | ask who runs it
                    500 | failed calling webhook "policy.example": timed out      | the admission webhook policy.example could not be asked | ask who runs it
                    409 | the object has been modified                            | somebody else changed it | try again
                    429 | too many requests                                       | too much to do | try again later
                    401 | Unauthorized                                            | does not accept the credentials | log in again
                    """)
    void translate_answer_saysWhoRefusedAndWhatToDo(int code, String words, String who, String advice) {
        assertThat(ApiErrors.translate(answer(code, words), PATCH))
                .hasMessageContaining(who)
                .hasMessageContaining(words)
                .hasMessageContaining(advice);
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
