package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.pcap.PacketCursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What breaks in mid-capture is told truly, and the file is readable up to its last whole packet. */
abstract class LocalFaultScenarios extends StagedScenarios {
    private static final int MINUTE = 60;

    @Test
    void target_endsInMidCapture_isToldAndNeverComplete() throws Exception {
        try (CaptureSession session = session("udp port 9", stage().tools()).start()) {
            stage().datagrams(0, 200);
            awaitPackets(session, 200);
            stage().endTools();
            CaptureResult result = session.ended().get(40, TimeUnit.SECONDS);
            PointResult point = result.points().get(0);
            assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertTold(point);
            assertThat(result.leftovers()).isEmpty();
            CapturedNumbers.assertReadByOthers(
                    result.file().orElseThrow(), point.statistics().packets());
            assertThat(CapturedNumbers.ofOne(result)).containsExactlyElementsOf(CapturedNumbers.range(0, 200));
        } finally {
            renewStage();
        }
    }

    /** Requires that a capture says of its target that it has ended. */
    void assertTold(PointResult point) {
        assertThat(point.endedBy()).isEqualTo(EndCause.POINT_GONE);
        assertThat(point.reason()).hasValue(FailureReason.TARGET_NOT_FOUND);
        assertThat(point.explanation())
                .contains(point.point().name() + " ended")
                .contains("while it was captured");
    }

    @Test
    void disk_full_keepsWhatIsWholeAndSaysWhy() throws Exception {
        Path small = Files.createDirectory(directory().resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()) == 0,
                "needs the right to mount");
        try (CaptureSession session =
                session("", stage().tools()).partsIn(small).start()) {
            stage().bigDatagrams(150);
            CaptureResult result = session.ended().get(30, TimeUnit.SECONDS);
            PointResult point = result.points().get(0);
            assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(point.reason()).hasValue(FailureReason.OUTPUT_FAILED);
            assertThat(point.explanation()).contains("No space left on device");
            assertThat(result.leftovers()).isEmpty();
            assertThat(count(result.file().orElseThrow()))
                    .isEqualTo(point.statistics().packets())
                    .isPositive();
        } finally {
            assertThat(run("umount", small.toString())).isZero();
        }
    }

    @Test
    void body_throws_keepsAWholeFile() throws Exception {
        CompletableFuture<CaptureResult> ended = new CompletableFuture<>();
        assertThatThrownBy(() -> {
                    try (CaptureSession session =
                            session("udp port 9", stage().tools()).start()) {
                        session.ended().thenAccept(ended::complete);
                        stage().datagrams(0, 200);
                        throw new IllegalStateException("the test failed");
                    }
                })
                .hasMessage("the test failed")
                .hasNoSuppressedExceptions();
        assertThat(CapturedNumbers.ofOne(ended.get(1, TimeUnit.SECONDS).requireComplete()))
                .containsExactlyElementsOf(CapturedNumbers.range(0, 200));
    }

    @Test
    @Tag("soak")
    void sink_thatBlocksForAMinute_isNoFault() throws Exception {
        AtomicBoolean blocked = new AtomicBoolean();
        MethodChoice blocking =
                MethodChoice.inOrder(new SlowSink(stage().method().methods().get(0), SlowSink.whileTrue(blocked)));
        try (CaptureSession session =
                session(blocking, "udp port 9", stage().tools()).start()) {
            blocked.set(true);
            stage().datagrams(0, 200);
            assertThat(session.ended()
                            .thenApply(CaptureResult::outcome)
                            .completeOnTimeout(null, MINUTE, TimeUnit.SECONDS))
                    .succeedsWithin(Duration.ofSeconds(MINUTE + 5))
                    .isNull();
            blocked.set(false);
            assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 200));
        } finally {
            blocked.set(false);
        }
    }

    private static long count(Path file) throws Exception {
        long packets = 0;
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                packets++;
            }
        }
        return packets;
    }

    private static int run(String... argv) throws Exception {
        return new ProcessBuilder(argv).inheritIO().start().waitFor();
    }
}
