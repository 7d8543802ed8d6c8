package io.podcapture.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.LiveTap;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.TextLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The lines are those that tcpdump prints of the file. */
class LiveTapTextTest {
    @TempDir
    private Path directory;

    @RegisterExtension
    final NothingLeftBehind nothing = NothingLeftBehind.check().directory(() -> directory);

    private final FakeNetwork network = new FakeNetwork();
    private final FakeMachine mill = network.add("mill");
    private final FakeMachine granary = network.add("granary");
    private final List<TextLine> lines = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void tcpdumpIsThere() throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("tcpdump", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            there = false;
        }
        assumeTrue(there, "tcpdump is there");
    }

    @BeforeEach
    void handOverSoon() {
        network.blockTimeout(Duration.ofMillis(20));
    }

    @Test
    void text_ofOnePoint_isThatOfTheFileAndComesAtOnce() throws Exception {
        try (CaptureSession session = started(network.target(mill))) {
            for (int sent = 1; sent <= 3; sent++) {
                mill.send(1);
                awaitPackets(sent);
            }
            mill.send(500);
            CaptureResult result = session.stop().requireComplete();
            assertThat(lines).extracting(TextLine::toString).isEqualTo(textOf(result, ""));
            assertThat(result.warnings()).isEmpty();
        }
    }

    @Test
    void text_ofTwoPoints_isThatOfEachWithItsNameAndPacketsStayWhole() throws Exception {
        try (CaptureSession session = started(network.all())) {
            for (int i = 0; i < 50; i++) {
                mill.send(3);
                granary.send(2);
            }
            CaptureResult result = session.stop().requireComplete();
            assertThat(textFrom("mill     ")).isEqualTo(textOf(result, "src host 10.0.0.1"));
            assertThat(textFrom("granary  ")).isEqualTo(textOf(result, "src host 10.0.0.2"));
            assertThat(lines.stream().map(TextLine::prefix).distinct()).hasSize(2);
        }
    }

    // The reader gives the other point every chance to come between.
    @Test
    void text_ofTwoPoints_keepsTheLinesOfAPacketTogether() throws Exception {
        CountDownLatch between = new CountDownLatch(1);
        try (CaptureSession session = started(network.all(), line -> {
            lines.add(line);
            if (line.point().equals(granary.point())) {
                between.countDown();
            } else if (!line.text().startsWith(" ")) {
                await(between);
            }
        })) {
            mill.send(1);
            awaitPackets(1);
            lines.clear();
            mill.send(1);
            granary.send(1);
            session.stop().requireComplete();
        }
        assertThat(lines).hasSize(4);
        assertThat(packetsTornApart()).isEmpty();
    }

    @Test
    void text_ofAPointThatGoes_isThatOfItsWholePackets() throws Exception {
        try (CaptureSession session = started(network.target(mill))) {
            mill.send(20);
            awaitPackets(20);
            network.remove(mill);
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            assertThat(lines).extracting(TextLine::toString).isEqualTo(textOf(result, ""));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CaptureSession started(Target target) {
        return started(target, lines::add);
    }

    private CaptureSession started(Target target, Consumer<TextLine> reader) {
        return CaptureSession.builder()
                .target(target)
                .via(MethodChoice.inOrder(network.method()))
                .writeTo(directory.resolve("capture.pcapng"))
                .tap(LiveTap.text(reader))
                .start();
    }

    private void awaitPackets(int count) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> lines.stream()
                                .filter(line -> line.text().contains("10.0.0.254.5353:"))
                                .count()
                        >= count);
    }

    private List<String> textFrom(String prefix) {
        return lines.stream()
                .filter(line -> line.prefix().equals(prefix))
                .map(TextLine::text)
                .toList();
    }

    /** Returns the lines within a packet that follow one of another point. */
    private List<TextLine> packetsTornApart() {
        List<TextLine> torn = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            boolean within = lines.get(i).text().startsWith(" ");
            if (within && !lines.get(i).point().equals(lines.get(i - 1).point())) {
                torn.add(lines.get(i));
            }
        }
        return torn;
    }

    private List<String> textOf(CaptureResult result, String filter) throws IOException {
        Process tcpdump = new ProcessBuilder(
                        "tcpdump", "-r", result.file().orElseThrow().toString(), "-nn", "-vvv", filter)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return tcpdump.inputReader(StandardCharsets.UTF_8).lines().toList();
    }
}
