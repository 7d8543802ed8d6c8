package com.example.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CapturedPackets;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.Target;
import io.podcapture.Usability;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all methods, and what is this one's own. */
class TailMethodTest extends CaptureMethodContract {
    @TempDir
    Path elsewhere;

    private GrowingFile file;

    @BeforeEach
    void begin() throws Exception {
        file = new GrowingFile(elsewhere.resolve("router.pcap"));
        file.append("written before");
    }

    @AfterEach
    void end() throws Exception {
        file.close();
    }

    @Override
    protected CaptureMethod method() {
        return new TailMethod();
    }

    @Override
    protected Target target() {
        return TailMethod.file(file.path());
    }

    @Override
    protected Target missingTarget() {
        return TailMethod.file(elsewhere.resolve("missing.pcap"));
    }

    @Override
    protected PacketSource packets() {
        return file::sendNumbered;
    }

    @Test
    void capture_byNameWithSnaplen_keepsNoMoreOfAPacket() throws Exception {
        try (CaptureSession session = session(target()).snaplen(50).start()) {
            file.append("0123456789");
            CaptureResult result = session.stop().requireComplete();
            try (CapturedPackets packets = result.packets()) {
                assertThat(packets.next()).as("one packet").isTrue();
                assertThat(packets.packet().capturedLength()).isEqualTo(50);
                assertThat(packets.packet().originalLength()).isEqualTo(GrowingFile.HEADERS + 10);
                assertThat(packets.next()).as("another packet").isFalse();
            }
        }
    }

    @Test
    void capture_ofAFileThatIsDamaged_endsBeforeTheDamage() throws Exception {
        try (CaptureSession session = session(target()).start()) {
            file.sendNumbered(2);
            Files.write(
                    file.path(),
                    new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
                    StandardOpenOption.APPEND);
            CaptureResult result = session.ended().get();
            assertThat(result.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(result.points().get(0).reason()).hasValue(FailureReason.STREAM_LOST);
            assertThat(numbers(result)).containsExactly(0, 1);
        }
    }

    @Test
    void start_ofAFileWithoutHeader_saysWhatToDo() throws Exception {
        Path empty = Files.createFile(elsewhere.resolve("empty.pcap"));
        CaptureSession session = session(TailMethod.file(empty)).build();
        assertThat(catchThrowableOfType(CaptureException.class, session::start))
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageContaining("no header yet");
    }

    @Test
    void plan_tellsWhetherTheFileCanBeRead() {
        assertThat(usability(target())).isEqualTo(Usability.USABLE);
        assertThat(usability(missingTarget())).isEqualTo(Usability.REFUSED);
    }

    private Usability usability(Target target) {
        return session(target).plan().points().get(0).methods().get(0).usability();
    }

    private CaptureSession.Builder session(Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(MethodChoice.named("tail", Map.of()))
                .writeTo(directory.resolve("capture.pcapng"));
    }
}
