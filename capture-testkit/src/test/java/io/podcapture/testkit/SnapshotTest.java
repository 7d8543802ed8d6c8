package io.podcapture.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.CapturedPackets;
import io.podcapture.DrainProof;
import io.podcapture.FailureReason;
import io.podcapture.Mark;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pattern NUMBER = Pattern.compile("packet-(\\d+)");

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final FakeNetwork network = new FakeNetwork(now::get);
    private final FakeMachine mill = network.add("mill");

    @BeforeEach
    void handOverSoon() {
        network.blockTimeout(Duration.ofMillis(100));
    }

    @Test
    void snapshot_whileItRuns_holdsAllSentBeforeAndEndsNothing() throws Exception {
        try (CaptureSession session = started()) {
            mill.send(3);
            Snapshot snapshot = session.snapshot(directory.resolve("new/now.pcapng"));
            assertThat(numbers(snapshot)).containsExactly(0, 1, 2);
            assertThat(snapshot.packetCount()).isEqualTo(3);
            assertThat(snapshot.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(snapshot.points()).singleElement().satisfies(point -> {
                assertThat(point.drain()).isEqualTo(DrainProof.COUNTERS);
                assertThat(point.clock())
                        .hasValueSatisfying(clock -> assertThat(clock.error()).isZero());
            });
            mill.send(2);
            assertThat(session.stop()
                            .requireComplete()
                            .points()
                            .get(0)
                            .statistics()
                            .packets())
                    .isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 5})
    void snapshot_ofAWindow_isMovedByTheClockOfThePoint(int secondsAhead) throws Exception {
        mill.clockAhead(Duration.ofSeconds(secondsAhead));
        try (CaptureSession session = started()) {
            for (int second = 0; second < 4; second++) {
                now.set(START.plusSeconds(second));
                mill.send(1);
            }
            Snapshot window =
                    session.snapshot(directory.resolve("w.pcapng"), START.plusSeconds(1), START.plusSeconds(2));
            assertThat(numbers(window)).containsExactly(1, 2);
            assertThat(window.from()).hasValue(START.plusSeconds(1));
            assertThat(window.to()).isEqualTo(START.plusSeconds(2));
            assertThat(numbers(session.snapshot(directory.resolve("f.pcapng"), START.plusSeconds(3))))
                    .containsExactly(3);
        }
    }

    @Test
    void snapshot_ofPointsWithDifferentClocks_takesTheSameMomentsOfEach() throws Exception {
        FakeMachine forge = network.add("forge");
        mill.clockAhead(Duration.ofSeconds(5));
        forge.clockAhead(Duration.ofSeconds(-5));
        try (CaptureSession session = builder().start()) {
            for (int second = 0; second < 3; second++) {
                now.set(START.plusSeconds(second));
                mill.send(1);
                forge.send(1);
            }
            Snapshot window =
                    session.snapshot(directory.resolve("w.pcapng"), START.plusSeconds(1), START.plusSeconds(1));
            assertThat(numbers(window)).containsExactlyInAnyOrder(1, 1);
        }
    }

    @Test
    void snapshot_afterTheEnd_isCutOutOfTheWholeFile() throws Exception {
        mill.clockAhead(Duration.ofSeconds(2));
        try (CaptureSession session = started()) {
            for (int second = 0; second < 20; second += 10) {
                now.set(START.plusSeconds(second));
                mill.send(1);
            }
            session.stop();
            Snapshot window =
                    session.snapshot(directory.resolve("w.pcapng"), START.plusSeconds(9), START.plusSeconds(11));
            assertThat(numbers(window)).containsExactly(1);
            assertThat(window.outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void snapshot_captureHadEndedByALimit_isTruncated() throws Exception {
        try (CaptureSession session = builder().maxPackets(2).start()) {
            mill.send(2);
            session.ended().join();
            now.set(START.plusSeconds(60));
            Snapshot late = session.snapshot(directory.resolve("w.pcapng"));
            assertThat(late.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(late.explanation()).contains("had ended by PACKET_LIMIT");
            assertThat(numbers(late)).containsExactly(0, 1);
        }
    }

    @Test
    void snapshot_windowReachesBeyondTheStop_isTruncated() throws Exception {
        try (CaptureSession session = started()) {
            mill.send(1);
            session.stop();
            Instant stopped = now.get();
            now.set(stopped.plusMillis(1));
            assertThat(session.snapshot(directory.resolve("a.pcapng"), START, stopped)
                            .outcome())
                    .isEqualTo(Outcome.COMPLETE);
            assertThat(session.snapshot(directory.resolve("b.pcapng"), START, stopped.plusMillis(1))
                            .outcome())
                    .isEqualTo(Outcome.TRUNCATED);
            assertThat(session.snapshot(directory.resolve("c.pcapng")).outcome())
                    .isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void snapshot_withoutEnd_hasAllHoweverFarTheClockIsOff() throws Exception {
        try (CaptureSession session = started()) {
            // Set after it was read: nobody knows.
            mill.clockAhead(Duration.ofDays(1));
            mill.send(1);
            assertThat(numbers(session.snapshot(directory.resolve("w.pcapng")))).containsExactly(0);
        }
    }

    @Test
    void snapshot_windowEndsBeforeItBegins_isRefused() throws Exception {
        try (CaptureSession session = started()) {
            assertThatThrownBy(() -> session.snapshot(directory.resolve("w.pcapng"), START, START.minusNanos(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("before it begins");
        }
    }

    @Test
    void snapshot_packetsWereDropped_isLossyWithTheirNumber() throws Exception {
        try (CaptureSession session = started()) {
            mill.send(1);
            mill.drop(7);
            Snapshot snapshot = session.snapshot(directory.resolve("w.pcapng"));
            assertThat(snapshot.outcome()).isEqualTo(Outcome.LOSSY);
            assertThat(snapshot.explanation()).contains("7 packets were dropped");
        }
    }

    @Test
    void snapshot_oneCaptureBroke_saysSoAndHasTheOther() throws Exception {
        FakeMachine forge = network.add("forge");
        try (CaptureSession session = builder().start()) {
            mill.send(1);
            forge.send(1);
            session.snapshot(directory.resolve("first.pcapng"));
            mill.breakCaptures();
            forge.send(1);
            Snapshot snapshot = session.snapshot(directory.resolve("w.pcapng"));
            assertThat(snapshot.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(snapshot.explanation())
                    .contains("mill")
                    .contains("broke")
                    .doesNotContain("forge");
            assertThat(numbers(snapshot)).containsExactlyInAnyOrder(0, 0, 1);
        }
    }

    @Test
    void snapshot_neverStarted_isRefused() {
        try (CaptureSession session = builder().build()) {
            assertThatThrownBy(() -> session.snapshot(directory.resolve("w.pcapng")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not run");
        }
    }

    @Test
    void snapshot_cannotBeWritten_failsWithTheFileAndTheSessionGoesOn() throws Exception {
        Path occupied = Files.createDirectories(directory.resolve("occupied/x")).getParent();
        try (CaptureSession session = started()) {
            assertThatThrownBy(() -> session.snapshot(occupied))
                    .isInstanceOfSatisfying(
                            CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.OUTPUT_FAILED))
                    .hasMessageContaining("occupied");
            session.stop().requireComplete();
        }
    }

    @Test
    void snapshot_byAnInterruptedThread_saysWhatIsNotProvenAndKeepsTheInterrupt() throws Exception {
        try (CaptureSession session = started()) {
            mill.send(1);
            Thread.currentThread().interrupt();
            Snapshot snapshot = session.snapshot(directory.resolve("w.pcapng"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(snapshot.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(snapshot.explanation()).contains("nothing proves");
            assertThat(snapshot.manifest()).isPresent();
        }
    }

    @Test
    void mark_moments_areInTheFilesThatHaveThem() throws Exception {
        try (CaptureSession session = started()) {
            mill.send(1);
            session.mark("before");
            now.set(START.plusSeconds(10));
            session.mark("paid");
            Snapshot snapshot = session.snapshot(directory.resolve("w.pcapng"), START.plusSeconds(9));
            assertThat(snapshot.marks()).containsExactly(new Mark(START.plusSeconds(10), "paid"));
            assertThat(Files.readString(snapshot.file(), StandardCharsets.ISO_8859_1))
                    .contains("mark 2026-01-01T00:00:10Z paid")
                    .doesNotContain("before");
            assertThat(Files.readString(snapshot.manifest().orElseThrow())).contains("\"text\" : \"paid\"");
            assertThat(session.stop().marks()).extracting(Mark::text).containsExactly("before", "paid");
            assertThat(Files.readString(directory.resolve("capture.pcapng"), StandardCharsets.ISO_8859_1))
                    .contains("before", "paid");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    private CaptureSession started() {
        return builder().start();
    }

    private CaptureSession.Builder builder() {
        return CaptureSession.builder()
                .target(network.all())
                .via(MethodChoice.inOrder(network.method()))
                .clock(now::get)
                .writeTo(directory.resolve("capture.pcapng"));
    }

    private static List<Integer> numbers(Snapshot snapshot) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (CapturedPackets packets = snapshot.packets()) {
            while (packets.next()) {
                Matcher matcher = NUMBER.matcher(StandardCharsets.ISO_8859_1.decode(
                        packets.packet().data().duplicate()));
                if (matcher.find()) {
                    numbers.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return numbers;
    }
}
