package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import io.podcapture.testkit.PacketSource;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces that are taken down, or go away, before a capture or during it. */
class InterfaceChangeTest {
    @TempDir
    private Path directory;

    @Test
    void interface_thatIsDown_isTold() throws Exception {
        try (TestLink down = TestLink.make()) {
            down.set("down");
            CaptureException thrown =
                    catchThrowableOfType(CaptureException.class, on(down.name()).build()::start);
            assertThat(thrown)
                    .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                    .hasMessageContaining("bring it up: ip link set " + down.name() + " up");
        }
    }

    @Test
    void interface_goesDownAndUp_isCapturedOn() throws Exception {
        try (TestLink shaky = TestLink.make()) {
            PacketSource source = shaky.packets();
            try (CaptureSession session =
                    on(shaky.name()).filter(TestLink.FILTER).start()) {
                source.send(3);
                shaky.set("down");
                shaky.set("up");
                source.send(3);
                CaptureResult result = session.stop().requireComplete();
                assertThat(result.points().get(0).statistics().packets()).isEqualTo(6);
            }
        }
    }

    @Test
    void interface_vanishes_endsTheCaptureWithWhatThereWas() throws Exception {
        try (TestLink brief = TestLink.make()) {
            PacketSource source = brief.packets();
            try (CaptureSession session =
                    on(brief.name()).filter(TestLink.FILTER).start()) {
                source.send(3);
                brief.remove();
                CaptureResult result = session.ended().get(30, TimeUnit.SECONDS);
                PointResult point = result.points().get(0);
                assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
                assertThat(point.endedBy()).isEqualTo(EndCause.FAULT);
                assertThat(point.reason()).hasValue(FailureReason.INTERFACE_NOT_FOUND);
                assertThat(point.explanation()).contains(brief.name());
                assertThat(point.statistics().packets()).isEqualTo(3);
            }
        }
    }

    private CaptureSession.Builder on(String... interfaces) {
        return CaptureSession.builder()
                .target(Targets.localMachine())
                .via(LocalMethods.local())
                .interfaces(interfaces)
                .writeTo(file());
    }

    private Path file() {
        return directory.resolve("capture.pcapng");
    }
}
