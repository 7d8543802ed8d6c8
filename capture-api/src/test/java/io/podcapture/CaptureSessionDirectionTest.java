package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.Ending;
import io.podcapture.spi.ToolCounters;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel has handed out more than libpcap captured, and has no more. */
class CaptureSessionDirectionTest extends SessionFixture {
    private static final ToolCounters THREE_PASSED_OVER = ToolCounters.of(5, 8, 0);

    private final ScriptedMethod method = tidy("one");

    @ParameterizedTest
    @CsvSource({
        "udp, eth0, COMPLETE",
        "inbound and udp, any, COMPLETE",
        "inbound and udp, eth0, TRUNCATED",
        "not outbound, lo, TRUNCATED",
        "ifindex 3, eth0, TRUNCATED",
        "src host inbound-gw and not host a.outbound, eth0, COMPLETE"
    })
    void stop_lessCapturedThanHandedOut_isTruncatedWhereADirectionMayHaveLostIt(
            String filter, String interfaceName, Outcome outcome) throws Exception {
        try (CaptureSession session =
                on("a", method).filter(filter).interfaces(interfaceName).start()) {
            MemoryCapture capture = method.capture("a");
            capture.send(5);
            capture.answer = CompletableFuture.completedFuture(Optional.of(THREE_PASSED_OVER));
            capture.endsWhenAsked = false;
            capture.stopAsked.thenRun(() -> capture.ended.complete(Ending.whole(EndCause.STOPPED, THREE_PASSED_OVER)));
            CompletableFuture<CaptureResult> stop = CompletableFuture.supplyAsync(session::stop);
            PointResult point = get(stop).points().get(0);
            assertThat(point.outcome()).as(point.explanation()).isEqualTo(outcome);
            assertThat(point.explanation().contains("libpcap may have passed over the first packets"))
                    .isEqualTo(outcome == Outcome.TRUNCATED);
        }
    }

    @ParameterizedTest
    @CsvSource({"any, COMPLETE", "eth0, TRUNCATED"})
    void snapshot_lessCapturedThanHandedOut_isTruncatedToo(String interfaceName, Outcome outcome) throws Exception {
        try (CaptureSession session = on("a", method)
                .filter("inbound and udp")
                .interfaces(interfaceName)
                .start()) {
            MemoryCapture capture = method.capture("a");
            capture.send(5);
            capture.answer = CompletableFuture.completedFuture(Optional.of(THREE_PASSED_OVER));
            CompletableFuture<Snapshot> snapshot =
                    CompletableFuture.supplyAsync(() -> session.snapshot(directory.resolve("snapshot.pcapng")));
            assertThat(get(snapshot).points().get(0))
                    .returns(outcome, SnapshotPoint::outcome)
                    .returns(
                            outcome == Outcome.TRUNCATED ? FilterDirection.PASSED_OVER : "",
                            SnapshotPoint::explanation);
        }
    }
}
