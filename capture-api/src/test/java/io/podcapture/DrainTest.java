package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.Ending;
import io.podcapture.spi.ManualTimers;
import io.podcapture.spi.PcapBytes;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private static final byte[] SLL2_LO = {8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path directory;

    private final ManualTimers timers = new ManualTimers();
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
    private PartFile part;
    private MemoryCapture capture;

    @BeforeEach
    void begin() throws IOException {
        part = PartFile.create(directory.resolve("x.part"), RecordFollower.Loopback.BY_HEADER, timers);
        capture = MemoryCapture.begun(part);
        capture.handOver = Duration.ofMillis(1500);
        timers.advance(Duration.ofSeconds(60));
    }

    @AfterEach
    void deletePart() {
        part.delete();
    }

    @Test
    void await_everythingHasArrived_isProvenAtOnce() throws Exception {
        capture.send(3);
        capture.answer = told(8, 5);
        assertThat(get(CompletableFuture.supplyAsync(() -> drain().await(givenUp))))
                .isEqualTo(DrainProof.COUNTERS);
    }

    @Test
    void await_restArrivesLater_isProvenWhenTheLastIsThere() throws Exception {
        capture.answer = told(3, 0);
        capture.send(2);
        capture.answer = told(3, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        timers.advance(Duration.ofMillis(700));
        assertThat(proof).isNotDone();
        capture.send(1);
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    @Test
    void await_busyPoint_doesNotWaitForSilence() throws Exception {
        capture.answer = told(5, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        for (int i = 0; i < 4; i++) {
            write(1);
            timers.advance(Duration.ofMillis(300));
        }
        assertThat(proof).isNotDone();
        write(40);
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    @Test
    void await_numberNeverReached_isProvenWhenTheToolCapturedNothingForAHandOver() throws Exception {
        capture.answer = told(10, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        timers.advance(Duration.ofMillis(1000));
        write(9);
        capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(9, 10, 0)));
        timers.advance(Duration.ofMillis(500));
        timers.awaitPending(1);
        timers.advance(Duration.ofMillis(1499));
        assertThat(proof).isNotDone();
        timers.advance(Duration.ofMillis(1));
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    @Test
    void await_toolHeldUp_isNotTakenForDrained() throws Exception {
        capture.answer = told(10, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        write(3);
        capture.answer = new CompletableFuture<>();
        for (int i = 0; i < 10; i++) {
            timers.advance(Duration.ofMillis(1500));
            timers.awaitPending(1);
        }
        assertThat(proof).isNotDone();
        write(7);
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    @Test
    void await_loopbackCopyDropped_needsASecondAnswer() throws Exception {
        part.delete();
        part = PartFile.create(directory.resolve("any.part"), RecordFollower.Loopback.BY_HEADER, timers);
        byte[] octets = PcapBytes.begin(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, PcapBytes.LINUX_SLL2)
                .record(SLL2_LO)
                .array();
        part.write(octets, 0, octets.length);
        capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(1, 3, 1)));
        CompletableFuture<DrainProof> proof = begunDrain();
        assertThat(proof).isNotDone();
        timers.advance(Duration.ofMillis(1500));
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    @Test
    void await_loopbackCopyDroppedOnBusyPoint_isProvenWhenABufferfulCame() throws Exception {
        part.delete();
        part = PartFile.create(directory.resolve("lo.part"), RecordFollower.Loopback.ALL, timers);
        capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(6, 13, 3)));
        part.write(PcapBytes.ethernet().array(), 0, 24);
        write(5);
        CompletableFuture<DrainProof> proof = begunDrain();
        // The sixth that the tool had captured, and a bufferful with what rounding may add, less one packet.
        write(1);
        answerAfterAHandOver(7);
        write((2 << 20) / 76);
        answerAfterAHandOver(8);
        assertThat(proof).isNotDone();
        write(1);
        timers.advance(Duration.ofMillis(1500));
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    private void answerAfterAHandOver(long captured) throws InterruptedException {
        capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(captured, 20, 3)));
        timers.advance(Duration.ofMillis(1500));
        timers.awaitPending(1);
    }

    @Test
    void await_toolCannotCount_isHandOverCountedFromTheLastArrival() throws Exception {
        capture.answer = CompletableFuture.completedFuture(Optional.empty());
        CompletableFuture<DrainProof> proof = begunDrain();
        timers.advance(Duration.ofMillis(1000));
        write(1);
        timers.advance(Duration.ofMillis(500));
        timers.awaitPending(1);
        timers.advance(Duration.ofMillis(999));
        assertThat(proof).isNotDone();
        timers.advance(Duration.ofMillis(1));
        assertThat(get(proof)).isEqualTo(DrainProof.HAND_OVER);
    }

    @Test
    void await_noAnswer_isGivenUpWithoutProof() throws Exception {
        capture.answer = new CompletableFuture<>();
        CompletableFuture<DrainProof> proof = begunDrain();
        for (int i = 0; i < 19; i++) {
            timers.advance(Duration.ofMillis(1500));
            timers.awaitPending(1);
        }
        assertThat(proof).isNotDone();
        timers.advance(Duration.ofMillis(1500));
        assertThat(get(proof)).isEqualTo(DrainProof.NONE);
    }

    @Test
    void await_trickleThatNeverReachesTheNumber_isGivenUpWithoutProof() throws Exception {
        capture.answer = told(100_000, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        for (int i = 1; i <= 40; i++) {
            write(1);
            capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(i, 100_000, 0)));
            timers.advance(Duration.ofMillis(1500));
            if (i < 40) {
                timers.awaitPending(1);
            }
        }
        assertThat(get(proof)).isEqualTo(DrainProof.NONE);
    }

    @Test
    void await_fewPacketsNeverCome_isGivenUpWithoutProof() throws Exception {
        capture.send(4);
        capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(5, 5, 0)));
        CompletableFuture<DrainProof> proof = begunDrain();
        for (int i = 1; i <= 40; i++) {
            timers.advance(Duration.ofMillis(1500));
            if (i < 40) {
                timers.awaitPending(1);
            }
        }
        assertThat(get(proof)).isEqualTo(DrainProof.NONE);
    }

    @Test
    void await_answerComesLate_isTakenWhenItComes() throws Exception {
        capture.send(4);
        CompletableFuture<Optional<ToolCounters>> late = new CompletableFuture<>();
        capture.answer = late;
        CompletableFuture<DrainProof> proof = begunDrain();
        timers.advance(Duration.ofSeconds(2));
        late.complete(Optional.of(ToolCounters.of(4, 4, 0)));
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    @Test
    void await_countersWithoutDrops_proveNothing() throws Exception {
        capture.answer = CompletableFuture.completedFuture(Optional.of(
                new ToolCounters(OptionalLong.of(0), OptionalLong.of(0), OptionalLong.empty(), OptionalLong.empty())));
        CompletableFuture<DrainProof> proof = begunDrain();
        timers.advance(Duration.ofMillis(1500));
        assertThat(get(proof)).isEqualTo(DrainProof.HAND_OVER);
    }

    @Test
    void await_captureEndsMeanwhile_isNoProof() throws Exception {
        capture.answer = told(10, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        capture.ended.complete(Ending.cut(FailureReason.STREAM_LOST, "it broke"));
        assertThat(get(proof)).isEqualTo(DrainProof.NONE);
    }

    @Test
    void await_captureEndsBeforeTheAnswer_isNoProof() throws Exception {
        capture.answer = new CompletableFuture<>();
        CompletableFuture<DrainProof> proof = begunDrain();
        capture.ended.complete(Ending.cut(FailureReason.STREAM_LOST, "it broke"));
        assertThat(get(proof)).isEqualTo(DrainProof.NONE);
    }

    @Test
    void await_givenUp_isNoProof() throws Exception {
        capture.answer = told(10, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        givenUp.complete(null);
        assertThat(get(proof)).isEqualTo(DrainProof.NONE);
    }

    @Test
    void await_loopbackPackets_countTwice() throws Exception {
        part.delete();
        part = PartFile.create(directory.resolve("any.part"), RecordFollower.Loopback.BY_HEADER, timers);
        PcapBytes stream = PcapBytes.begin(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, PcapBytes.LINUX_SLL2)
                .record(SLL2_LO);
        int one = stream.size();
        byte[] octets = stream.record(SLL2_LO).array();
        part.write(octets, 0, one);
        capture.answer = told(4, 0);
        CompletableFuture<DrainProof> proof = begunDrain();
        assertThat(proof).isNotDone();
        part.write(octets, one, octets.length - one);
        assertThat(get(proof)).isEqualTo(DrainProof.COUNTERS);
    }

    private Drain drain() {
        return new Drain(capture, part, timers, Duration.ofSeconds(30), 1 << 20);
    }

    /** Returns a drain that waits: nothing but time, packets or an answer moves it. */
    private CompletableFuture<DrainProof> begunDrain() throws InterruptedException {
        CompletableFuture<DrainProof> proof = CompletableFuture.supplyAsync(() -> drain().await(givenUp));
        timers.awaitPending(1);
        return proof;
    }

    private void write(int packets) throws IOException {
        PcapBytes stream = PcapBytes.ethernet();
        int header = stream.size();
        for (int i = 0; i < packets; i++) {
            stream.record(new byte[60]);
        }
        byte[] records = Arrays.copyOfRange(stream.array(), header, stream.size());
        part.write(records, 0, records.length);
    }

    private static CompletableFuture<Optional<ToolCounters>> told(long received, long dropped) {
        return CompletableFuture.completedFuture(Optional.of(ToolCounters.of(0, received, dropped)));
    }

    private static DrainProof get(CompletableFuture<DrainProof> proof) throws Exception {
        return proof.get(10, TimeUnit.SECONDS);
    }
}
