package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class CaptureSessionLossTest extends SessionFixture {
    private final ScriptedMethod method = tidy("one");

    @Test
    void onLoss_ignore_isAcceptedAndCounted() throws Exception {
        try (CaptureSession session = lossy(LossPolicy.IGNORE)) {
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.outcome()).isEqualTo(Outcome.LOSSY);
            assertThat(result.warnings()).isEmpty();
            assertThat(result.points().get(0).statistics().dropped()).isEqualTo(7);
        }
    }

    @Test
    void onLoss_warn_isAmongTheWarnings() throws Exception {
        try (CaptureSession session = lossy(LossPolicy.WARN)) {
            CaptureResult result = session.stop();
            assertThat(result.warnings())
                    .singleElement()
                    .asString()
                    .contains("a (any)")
                    .contains("7 packets");
            assertThatThrownBy(result::requireComplete)
                    .isInstanceOfSatisfying(
                            CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.PACKETS_LOST));
        }
    }

    @Test
    void onLoss_fail_throwsAtStopAfterTheFileIsWritten() throws Exception {
        CaptureSession session = lossy(LossPolicy.FAIL);
        CaptureException thrown = catchThrowableOfType(CaptureException.class, session::stop);
        assertThat(thrown.reason()).isEqualTo(FailureReason.PACKETS_LOST);
        assertThat(thrown).hasMessageContaining("7 packets");
        assertThat(packets(ended(session))).isEqualTo(3);
        session.close();
    }

    @Test
    void onLoss_failButClosed_doesNotThrow() throws Exception {
        CaptureSession session = lossy(LossPolicy.FAIL);
        session.close();
        assertThat(ended(session).outcome()).isEqualTo(Outcome.LOSSY);
    }

    private CaptureSession lossy(LossPolicy policy) {
        CaptureSession session = on("a", method).onLoss(policy).start();
        method.capture("a").send(3);
        method.capture("a").drop(7);
        return session;
    }
}
