package io.podcapture.junit5;

import static io.podcapture.junit5.FakeProvider.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixture classes run over the fake method: which files exist, what they hold, and what was printed. */
class CaptureTrafficTest {
    @TempDir
    private Path directory;

    private static int sent;

    /** Sends on the shop's machine and returns the number of the first of the packets. */
    private static synchronized int send(int packets) {
        int first = sent;
        SHOP.send(packets);
        sent += packets;
        return first;
    }

    @Test
    void suite_runsOnTheVersionItSays() {
        assertThat(Test.class.getPackage().getImplementationVersion())
                .isEqualTo(System.getProperty("expected.junit.version"));
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class Passing {
        @Test
        void a() {
            send(2);
        }

        @Test
        void b() {
            Assumptions.abort("not today");
        }
    }

    @Test
    void passingAndAborted_leaveNothingAndPrintNothing() {
        FixtureRun.Result result = run(Passing.class);
        result.results()
                .testEvents()
                .assertStatistics(events -> events.succeeded(1).aborted(1));
        assertThat(captures()).doesNotExist();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEmpty();
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class Failing {
        static int first;

        @Test
        void pays(TestCapture capture) {
            capture.mark("order placed");
            first = send(3);
            throw new AssertionError("expected: <paid>\n but was: <open>");
        }

        @Test
        void refunds() {
            send(1);
        }
    }

    @Test
    void failing_keepsItsWindowWithManifestSummaryAndOneLine() throws IOException {
        FixtureRun.Result result = run(Failing.class);
        assertThat(result.kept()).containsExactly("Failing/pays");
        assertThat(result.numbers("pays")).contains(Failing.first, Failing.first + 1, Failing.first + 2);
        assertThat(result.summary("pays"))
                .startsWith("CaptureTrafficTest$Failing.pays failed (AssertionError: expected: <paid> but was: <open>)")
                .contains("; capture COMPLETE, ")
                .hasLineCount(1);
        assertThat(result.directory("pays").resolve("capture.pcapng.manifest.json"))
                .content()
                .contains("\"outcome\" : \"COMPLETE\"", "CaptureTrafficTest$Failing.pays began", "order placed");
        assertThat(result.out())
                .hasLineCount(1)
                .startsWith("[podcapture] capture kept: ")
                .contains("Failing.pays: COMPLETE, ");
        assertThat(result.failure().getSuppressed()).isEmpty();
        assertThat(captures().toFile().list()).hasSize(1);
        assertThat(result.results().testEvents().fileEntryPublished().count()).isEqualTo(3);
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class Hanging {
        @Test
        @Timeout(1)
        void sameThread() throws InterruptedException {
            send(1);
            new CountDownLatch(1).await();
        }

        @Test
        @Timeout(value = 1, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void otherThread() throws InterruptedException {
            send(1);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void timeOuts_keepACompleteCapture() throws IOException {
        FixtureRun.Result result = run(Hanging.class);
        assertThat(result.kept()).containsExactly("Hanging/otherThread", "Hanging/sameThread");
        assertThat(result.summary("sameThread")).contains("TimeoutException", "COMPLETE");
        assertThat(result.summary("otherThread")).contains("TimeoutException", "COMPLETE");
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class FailingSetUp {
        static int first;

        @BeforeEach
        void setUp() {
            first = send(1);
            throw new IllegalStateException("no database");
        }

        @Test
        void a() {}
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class FailingTakeDown {
        static int first;

        @AfterEach
        void takeDown() {
            first = send(1);
            throw new IllegalStateException("not empty");
        }

        @Test
        void a() {}
    }

    @Test
    void failingSetUpAndTakeDown_keep() throws IOException {
        FixtureRun.Result setUp = run(FailingSetUp.class);
        assertThat(setUp.numbers("a")).contains(FailingSetUp.first);
        assertThat(setUp.summary("a")).contains("no database");
        FixtureRun.Result takeDown = run(FailingTakeDown.class);
        assertThat(takeDown.numbers("a")).contains(FailingTakeDown.first);
        assertThat(takeDown.summary("a")).contains("not empty");
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class FailingSetUpOfAll {
        static int first;

        @BeforeAll
        static void setUp() {
            first = send(2);
            throw new IllegalStateException("no cluster");
        }

        @Test
        void a() {}
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class FailingTakeDownOfAll {
        static int first;

        @AfterAll
        static void takeDown() {
            throw new IllegalStateException("left over");
        }

        @Test
        void a() {
            first = send(2);
        }
    }

    @Test
    void failingSetUpAndTakeDownOfTheClass_keepAllOfIt() throws IOException {
        FixtureRun.Result setUp = run(FailingSetUpOfAll.class);
        assertThat(setUp.kept()).containsExactly("FailingSetUpOfAll/class");
        assertThat(setUp.numbers("class")).contains(FailingSetUpOfAll.first, FailingSetUpOfAll.first + 1);
        assertThat(setUp.summary("class")).contains("no cluster", "COMPLETE");
        FixtureRun.Result takeDown = run(FailingTakeDownOfAll.class);
        assertThat(takeDown.kept()).contains("FailingTakeDownOfAll/class");
        assertThat(takeDown.numbers("class")).contains(FailingTakeDownOfAll.first);
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class Several {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void parameterised(int number) {
            send(1);
            assertThat(number).isNotEqualTo(2);
        }

        @RepeatedTest(3)
        void repeated(RepetitionInfo info) {
            assertThat(info.getCurrentRepetition()).isNotEqualTo(3);
        }

        @Test
        void overloaded() {
            throw new AssertionError();
        }

        @ParameterizedTest
        @ValueSource(strings = "x")
        void overloaded(String text) {
            throw new AssertionError();
        }

        @Nested
        class Inner {
            @Test
            void a() {
                throw new AssertionError();
            }

            @Nested
            @CaptureTraffic(targets = "machine/shop", method = "fake", keep = Keep.NEVER)
            class WithItsOwn {
                @Test
                void b() {
                    throw new AssertionError();
                }
            }
        }
    }

    @Test
    void invocationsNamesakesAndNested_haveDirectoriesOfTheirOwn() throws IOException {
        assertThat(run(Several.class).kept())
                .containsExactly(
                        "Several$Inner/a",
                        "Several/overloaded",
                        "Several/overloaded-String-1",
                        "Several/parameterised-2",
                        "Several/repeated-3");
    }

    static class ByMethod {
        static int first;

        @Test
        @CaptureTraffic(targets = "machine/shop", method = "fake")
        void captured() {
            first = send(2);
            throw new AssertionError();
        }

        @Test
        @CaptureTraffic(targets = "machine/shop", method = "fake", keep = Keep.ALWAYS)
        void kept() {}

        @Test
        void notCaptured() {
            throw new AssertionError();
        }
    }

    @Test
    void onAMethod_capturesThisOneAlone() throws IOException {
        FixtureRun.Result result = run(ByMethod.class);
        assertThat(result.kept()).containsExactly("ByMethod/captured", "ByMethod/kept");
        assertThat(result.numbers("captured")).containsExactly(ByMethod.first, ByMethod.first + 1);
        assertThat(result.summary("captured")).contains("COMPLETE, 2 packets");
        assertThat(captures().toFile().list()).hasSize(1);
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class Looking {
        static Path file;
        static int first;
        static List<Integer> seen;

        @Test
        void looks(TestCapture capture) throws IOException {
            first = send(2);
            file = capture.snapshot();
            seen = FixtureRun.numbers(file);
            assertThat(capture.snapshotWithProof().outcome().name()).isEqualTo("COMPLETE");
        }
    }

    @Test
    void snapshot_inATest_holdsAllSentBeforeAndGoesWithIt() {
        FixtureRun.Result result = run(Looking.class);
        result.results().testEvents().assertStatistics(events -> events.succeeded(1));
        assertThat(Looking.seen).contains(Looking.first, Looking.first + 1);
        assertThat(Looking.file).doesNotExist();
        assertThat(captures()).doesNotExist();
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class Lossy {
        @Test
        void a() {
            SHOP.drop(3);
            throw new AssertionError("wrong");
        }
    }

    @Test
    void lossy_isSaidNextToTheFailure() throws IOException {
        FixtureRun.Result result = run(Lossy.class);
        assertThat(result.failure().getSuppressed())
                .singleElement()
                .asString()
                .startsWith("Capture: the kept capture is LOSSY")
                .contains("3 packets were dropped");
        assertThat(result.out()).contains("LOSSY").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 5})
    void nodeClockIsOff_sliceIsStillWhole(int seconds) throws IOException {
        SHOP.clockAhead(Duration.ofSeconds(seconds));
        try {
            FixtureRun.Result result = run(Failing.class);
            assertThat(result.numbers("pays")).contains(Failing.first, Failing.first + 1, Failing.first + 2);
            assertThat(result.directory("pays").resolve("capture.pcapng.manifest.json"))
                    .content()
                    .contains("\"offsetSeconds\" : " + (seconds < 0 ? "-" : ""));
        } finally {
            SHOP.clockAhead(Duration.ZERO);
        }
    }

    @CaptureTraffic(targets = "machine/nowhere", method = "fake")
    static class Required {
        @Test
        void a() {}
    }

    @CaptureTraffic(targets = "machine/nowhere", method = "fake", required = false)
    static class Wished {
        @Test
        void a() {}

        @Test
        void looks(TestCapture capture) {
            capture.snapshot();
        }
    }

    @CaptureTraffic(targets = "machine/shop", method = "fike")
    static class Misspelt {
        @Test
        void a() {}
    }

    @Test
    void cannotStart_failsTheClassWithTheReason() {
        FixtureRun.Result result = run(Required.class);
        result.results().testEvents().assertStatistics(events -> events.started(0));
        assertThat(result.failure()).hasMessageContaining("nowhere");
        assertThat(run(Misspelt.class).failure()).hasMessage("no method is called \"fike\"; known: fake");
        assertThat(captures()).doesNotExist();
    }

    @Test
    void cannotStartButIsNotRequired_warnsOnceAndRuns() {
        FixtureRun.Result result = run(Wished.class);
        result.results()
                .testEvents()
                .assertStatistics(events -> events.succeeded(1).failed(1));
        assertThat(result.err())
                .contains("[podcapture] no capture of ", "nowhere")
                .hasLineCount(1);
        assertThat(result.failure()).isInstanceOf(IllegalStateException.class).hasMessageContaining("nowhere");
        assertThat(captures()).doesNotExist();
    }

    @CaptureTraffic(targets = "machine/shop", method = "fake")
    static class Parallel {
        static final int THREADS = 8;
        static final CyclicBarrier TOGETHER = new CyclicBarrier(THREADS);
        static final int[] FIRST = new int[THREADS + 1];

        @RepeatedTest(THREADS)
        void a(RepetitionInfo info) throws Exception {
            TOGETHER.await();
            FIRST[info.getCurrentRepetition()] = send(5);
            if (info.getCurrentRepetition() % 2 == 0) {
                throw new AssertionError("even");
            }
            TOGETHER.reset();
        }
    }

    @Test
    void parallel_eachFailingTestKeepsItsOwnAndNamesTheOthers() throws IOException {
        FixtureRun.Result result = new FixtureRun(Parallel.class, captures())
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .with("junit.jupiter.execution.parallel.config.fixed.max-pool-size", "16")
                .run();
        assertThat(result.kept()).containsExactly("Parallel/a-2", "Parallel/a-4", "Parallel/a-6", "Parallel/a-8");
        for (int i = 2; i <= Parallel.THREADS; i += 2) {
            int first = Parallel.FIRST[i];
            assertThat(result.numbers("a-" + i)).contains(first, first + 1, first + 2, first + 3, first + 4);
            assertThat(result.summary("a-" + i))
                    .contains("COMPLETE", "also in this window: ", "Parallel.a-1")
                    .hasLineCount(1);
        }
        assertThat(result.out()).hasLineCount(4);
    }

    @Test
    void earlierRun_isReplaced() throws IOException {
        FixtureRun.Result first = run(Failing.class);
        Path stray = Files.writeString(first.directory("pays").resolve("stray"), "x");
        run(Failing.class);
        assertThat(stray).doesNotExist();
        try (Stream<Path> files = Files.list(first.directory("pays"))) {
            assertThat(files).hasSize(3);
        }
    }

    private Path captures() {
        return directory.resolve("captures");
    }

    private FixtureRun.Result run(Class<?> fixture) {
        return new FixtureRun(fixture, captures()).run();
    }
}
