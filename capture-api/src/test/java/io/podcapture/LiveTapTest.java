package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.spi.PcapBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Readers and tools that do not as they should; the text itself is looked at where there are packets worth reading. */
@DisabledOnOs(OS.WINDOWS)
class LiveTapTest extends SessionFixture {
    private static final int LARGE = 60_000;
    private static final int IPV4 = 0x0800;
    private static final int UNKNOWN = 0x88b5;

    @TempDir
    private Path tools;

    private final ScriptedMethod method = tidy("one");
    private final List<String> text = Collections.synchronizedList(new ArrayList<>());
    private List<ProcessHandle> before = List.of();

    @BeforeEach
    void lookAtProcesses() {
        before = ProcessHandle.current().children().toList();
    }

    @AfterEach
    void noProcessIsLeft() {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> processes().isEmpty());
    }

    @Test
    void tool_missing_startsNothing() throws Exception {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        points.looked = target -> looked.complete(null);
        CaptureSession session = on("a", method)
                .tap(LiveTap.text(tools.resolve("tcpdump"), this::note))
                .build();
        assertThatThrownBy(session::start)
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("cannot show packets as text")
                .extracting(failure -> ((CaptureException) failure).reason())
                .isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(session.ended()).isCompletedExceptionally();
        assertThat(looked).isNotDone();
        assertNoFiles();
    }

    @Test
    void tool_dies_isToldAtOnceAndHarmsNothing() throws Exception {
        Path dying = tool("head -c 24 >/dev/null; echo 'tcpdump: no memory' >&2; exit 3");
        try (CaptureSession session =
                on("a", method).tap(LiveTap.text(dying, this::note)).start()) {
            method.capture("a").send(2);
            await("[text ended: tcpdump ended with status 3: tcpdump: no memory]");
            method.capture("a").send(3);
            CaptureResult result = session.stop().requireComplete();
            assertThat(packets(result)).isEqualTo(5);
            assertThat(result.warnings())
                    .containsExactly("text of a (any): 5 of 5 packets not shown: tcpdump ended with status 3:"
                            + " tcpdump: no memory");
        }
    }

    @Test
    void tool_endsByItself_isToldAtOnceAndHarmsNothing() throws Exception {
        Path ending = tool("head -c 24 >/dev/null");
        try (CaptureSession session =
                on("a", method).tap(LiveTap.text(ending, this::note)).start()) {
            method.capture("a").send(2);
            await("[text ended: tcpdump ended by itself]");
            method.capture("a").send(3);
            CaptureResult result = session.stop().requireComplete();
            assertThat(packets(result)).isEqualTo(5);
            assertThat(result.warnings())
                    .containsExactly("text of a (any): 5 of 5 packets not shown: tcpdump ended by itself");
        }
    }

    // It has printed all that it was given when it ends, and shows nothing of what comes then.
    @Test
    void tool_endsBetweenPackets_isToldAtOnce() throws Exception {
        Path ending = tool("head -c 132 | " + realTcpdump() + " -nn -l -r - 2>/dev/null");
        try (CaptureSession session =
                on("a", method).tap(LiveTap.text(ending, this::note)).start()) {
            method.capture("a").send(1);
            await("[text ended: tcpdump ended by itself]");
            method.capture("a").send(1);
            assertThat(session.stop().requireComplete().warnings())
                    .containsExactly("text of a (any): 1 of 2 packets not shown: tcpdump ended by itself");
        }
    }

    @Test
    void tool_hasNothingToPrint_isNotStarted() {
        Path tool = tool("echo started");
        try (CaptureSession session =
                on("a", method).tap(LiveTap.text(tool, this::note)).start()) {
            assertThat(session.stop().requireComplete().warnings()).isEmpty();
        }
        assertThat(lines()).isEmpty();
    }

    @Test
    void reader_throws_isNotCalledAgain() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        LiveTap tap = LiveTap.text(realTcpdump(), line -> {
            note(line);
            called.countDown();
            throw new IllegalStateException("no room");
        });
        try (CaptureSession session = on("a", method).tap(tap).start()) {
            method.capture("a").send(2);
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            method.capture("a").send(1);
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.warnings())
                    .containsExactly("text of a (any): 3 of 3 packets not shown: its reader failed:"
                            + " java.lang.IllegalStateException: no room");
        }
        assertThat(lines()).hasSize(1);
    }

    // The reader blocks while far more arrives than may wait; the capture does not notice.
    @Test
    void reader_slow_missesOlderPacketsAndIsToldHowMany() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        LiveTap tap = LiveTap.text(realTcpdump(), line -> {
            awaitQuietly(slow);
            note(line);
        });
        try (CaptureSession session = on("a", method).tap(tap).start()) {
            for (int i = 0; i < 100; i++) {
                method.capture("a").write(record(UNKNOWN));
            }
            slow.countDown();
            CaptureResult result = session.stop();
            // Noticed with the seventieth behind at the earliest, and with the hundredth at the latest.
            assertThat(missed()).isBetween(50L, 85L);
            assertThat(shown()).isEqualTo(100 - missed());
            assertThat(packets(result)).isEqualTo(100);
            assertThat(result.warnings())
                    .containsExactly("text of a (any): " + missed()
                            + " of 100 packets not shown: they came faster than they were read");
        }
    }

    @Test
    void stop_readerBlocks_endsWithoutItInTime() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        LiveTap tap = LiveTap.text(realTcpdump(), line -> {
            called.countDown();
            awaitQuietly(never);
            note(line);
        });
        try (CaptureSession session = on("a,b", method).tap(tap).start()) {
            method.capture("a").send(2);
            method.capture("b").send(1);
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            int pending = timers.pending();
            CompletableFuture<CaptureResult> stop = CompletableFuture.supplyAsync(session::stop);
            Awaitility.await()
                    .until(() -> method.capture("a").closed.isDone()
                            && method.capture("b").closed.isDone());
            timers.awaitPending(pending + 1);
            assertThat(stop).isNotDone();
            timers.advance(Duration.ofSeconds(10));
            assertThat(get(stop).requireComplete().warnings())
                    .hasSize(2)
                    .allMatch(line -> line.matches(
                            "text of [ab] \\(any\\): (\\d) of \\1 packets not shown: the session had ended, and their reader"
                                    + " took more time than it is given"));
        }
        // The line that it was told when it was interrupted.
        assertThat(lines()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void discard_readerBlocks_doesNotWaitForIt() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        LiveTap tap = LiveTap.text(realTcpdump(), line -> awaitQuietly(never));
        CaptureSession session = on("a", method).tap(tap).start();
        method.capture("a").send(2);
        CompletableFuture<Void> discarded = CompletableFuture.runAsync(session::discard);
        get(discarded);
        assertNoFiles();
    }

    @Test
    void start_failsOnOnePoint_showsNothing() throws Exception {
        ScriptedMethod half = new ScriptedMethod("half", points, (request, sink, context) -> {
            if (request.point().name().equals("b")) {
                throw new CaptureException(FailureReason.TARGET_NOT_FOUND, "no b");
            }
            MemoryCapture capture = MemoryCapture.begun(sink);
            capture.send(1);
            return capture;
        });
        CaptureSession.Builder builder = on("a,b", half).tap(LiveTap.text(tool("echo started"), this::note));
        assertThatThrownBy(builder::start).hasMessageContaining("no b");
        assertThat(lines()).isEmpty();
        assertNoFiles();
    }

    @Test
    void packets_allAtTheEnd_areShownHoweverMany() throws Exception {
        ScriptedMethod late = new ScriptedMethod("late", points, (request, sink, context) -> {
            MemoryCapture capture = new MemoryCapture(sink);
            capture.deliversAtEnd = true;
            capture.stopAsked.thenRun(() -> {
                capture.write(header());
                for (int i = 0; i < 100; i++) {
                    capture.write(record(IPV4));
                }
            });
            return capture;
        });
        try (CaptureSession session =
                on("a", late).tap(LiveTap.text(realTcpdump(), this::note)).start()) {
            session.stop();
        }
        assertThat(shown()).isEqualTo(100);
    }

    private void note(TextLine line) {
        text.add(line.toString());
    }

    private void await(String wanted) {
        Awaitility.await(wanted)
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> lines().stream().anyMatch(line -> line.contains(wanted)));
    }

    private long missed() {
        return lines().stream()
                .filter(line -> line.matches("\\[\\d+ packets? not shown]"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child))
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a large packet; tcpdump has one line for a datagram, and thousands for what it does not know. */
    private static byte[] record(int etherType) {
        ByteBuffer frame = ByteBuffer.allocate(LARGE);
        frame.position(12);
        frame.putShort((short) etherType).putShort((short) 0x4500).putShort((short) (LARGE - 14));
        frame.putInt(0)
                .putShort((short) 0x4011)
                .putShort((short) 0)
                .putInt(0x0a000001)
                .putInt(0x0a000002);
        frame.putShort((short) 40_000).putShort((short) 9).putShort((short) (LARGE - 34));
        byte[] stream = PcapBytes.ethernet().record(frame.array()).array();
        return Arrays.copyOfRange(stream, header().length, stream.length);
    }

    private long shown() {
        return lines().stream()
                .filter(line -> line.contains("> 10.0.0.2.9:") || line.contains("ethertype Unknown"))
                .count();
    }

    private List<String> lines() {
        synchronized (text) {
            return List.copyOf(text);
        }
    }

    private Path tool(String script) {
        try {
            Path file = Files.writeString(tools.resolve("tool"), "#!/bin/sh\n" + script + "\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path realTcpdump() {
        Path file = Stream.of("/usr/bin/tcpdump", "/usr/sbin/tcpdump")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(Files.isExecutable(file), "tcpdump is there");
        return file;
    }
}
