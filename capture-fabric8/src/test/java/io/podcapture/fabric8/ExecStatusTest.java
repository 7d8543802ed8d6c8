package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import org.junit.jupiter.api.Test;

class ExecStatusTest {
    private static final String PLACE = "container app of pod demo/web";

    @Test
    void exitStatus_success_isZero() {
        assertThat(ExecStatus.exitStatus(
                        new StatusBuilder().withStatus("Success").build(), PLACE))
                .isZero();
    }

    @Test
    void exitStatus_nonZeroExitCode_isTheCode() {
        assertThat(ExecStatus.exitStatus(withExitCode("137"), PLACE)).isEqualTo(137);
    }

    @Test
    void exitStatus_unreadableCode_isAFailure() {
        assertThat(failure(withExitCode("many")).reason()).isEqualTo(FailureReason.PROCESS_FAILED);
    }

    @Test
    void exitStatus_commandNotInImage_isToolMissing() {
        Status status = new StatusBuilder()
                .withStatus("Failure")
                .withReason("InternalError")
                .withMessage("error executing command in container: exec: \"sh\": executable file not found in $PATH")
                .build();
        assertThat(failure(status))
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining(PLACE)
                .hasMessageContaining("\"sh\": executable file not found");
    }

    @Test
    void exitStatus_otherError_keepsTheServersWords() {
        Status status = new StatusBuilder()
                .withStatus("Failure")
                .withReason("InternalError")
                .withMessage("the sandbox is gone")
                .build();
        assertThat(failure(status))
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageContaining("the sandbox is gone");
    }

    @Test
    void exitStatus_emptyStatus_isAFailure() {
        assertThat(failure(new Status())).hasMessageContaining("it gave no reason");
    }

    private static CaptureException failure(Status status) {
        return catchThrowableOfType(CaptureException.class, () -> ExecStatus.exitStatus(status, PLACE));
    }

    private static Status withExitCode(String code) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withReason("NonZeroExitCode")
                .withNewDetails()
                .addNewCause("", code, "ExitCode")
                .endDetails()
                .build();
    }
}
