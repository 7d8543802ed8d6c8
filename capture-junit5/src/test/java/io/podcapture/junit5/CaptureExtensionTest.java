package io.podcapture.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.podcapture.CaptureSession;
import io.podcapture.LossPolicy;
import io.podcapture.MethodChoice;
import io.podcapture.testkit.FakeMachine;
import io.podcapture.testkit.FakeNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CaptureExtensionTest {
    private static final FakeNetwork NETWORK = new FakeNetwork();
    private static final FakeMachine BANK = NETWORK.add("bank");

    @TempDir
    private Path directory;

    private static CaptureSession.Builder session() {
        return CaptureSession.builder().target(NETWORK.target(BANK)).via(MethodChoice.inOrder(NETWORK.method()));
    }

    static class Shared {
        @RegisterExtension
        static final CaptureExtension CAPTURE = CaptureExtension.capturing(CaptureExtensionTest::session)
                .preRoll(Duration.ZERO)
                .build();

        @Test
        void a(TestCapture capture) {
            capture.mark("in a");
            BANK.send(1);
            throw new AssertionError();
        }

        @Test
        void c() {
            BANK.send(1);
            throw new AssertionError();
        }

        @Nested
        class Inner {
            @Test
            void b() {
                throw new AssertionError();
            }
        }
    }

    static class Own {
        @RegisterExtension
        final CaptureExtension capture =
                CaptureExtension.capturing(CaptureExtensionTest::session).build();

        @Test
        void a() {
            BANK.send(1);
            throw new AssertionError();
        }

        @Test
        void b() {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClass {
        @RegisterExtension
        final CaptureExtension capture = CaptureExtension.capturing(CaptureExtensionTest::session)
                .keep(Keep.ALWAYS)
                .build();

        @Test
        void a() {}

        @Test
        void b() {}
    }

    static class WithItsOwnFile {
        @RegisterExtension
        static final CaptureExtension CAPTURE = CaptureExtension.capturing(
                        () -> session().writeTo(Path.of("target", "mine.pcapng")))
                .build();

        @Test
        void a() {}
    }

    @Test
    void staticField_isSharedByAllTests() throws IOException {
        FixtureRun.Result result = run(Shared.class);
        assertThat(result.kept()).containsExactly("Shared$Inner/b", "Shared/a", "Shared/c");
        assertThat(result.numbers("a")).hasSize(1).doesNotContainAnyElementsOf(result.numbers("c"));
        assertThat(result.numbers("c")).hasSize(1);
        assertThat(sessionOf(result, Shared.class, "a")).isEqualTo(sessionOf(result, Shared.Inner.class, "b"));
    }

    @Test
    void instanceField_capturesEachTestByItself() throws IOException {
        FixtureRun.Result result = run(Own.class);
        assertThat(result.kept()).containsExactly("Own/a");
        assertThat(result.numbers("a")).hasSize(1);
    }

    @Test
    void instancePerClass_isSharedAndKeptAlways() throws IOException {
        FixtureRun.Result result = run(PerClass.class);
        assertThat(result.kept()).containsExactly("PerClass/a", "PerClass/b");
        assertThat(sessionOf(result, PerClass.class, "a")).isEqualTo(sessionOf(result, PerClass.class, "b"));
        assertThat(result.summary("a")).startsWith("CaptureExtensionTest$PerClass.a; capture COMPLETE");
    }

    static class LossIsFailure {
        @RegisterExtension
        final CaptureExtension capture = CaptureExtension.capturing(
                        () -> session().onLoss(LossPolicy.FAIL))
                .build();

        @Test
        void a() {
            BANK.send(1);
            BANK.drop(2);
            throw new AssertionError("wrong");
        }
    }

    static class TwoOfThem {
        @RegisterExtension
        static final CaptureExtension FIRST =
                CaptureExtension.capturing(CaptureExtensionTest::session).build();

        @RegisterExtension
        static final CaptureExtension SECOND =
                CaptureExtension.capturing(CaptureExtensionTest::session).build();

        @Test
        void a() {
            throw new AssertionError();
        }
    }

    static class ParallelOwn {
        @RegisterExtension
        final CaptureExtension capture =
                CaptureExtension.capturing(CaptureExtensionTest::session).build();

        @RepeatedTest(40)
        void a() {}
    }

    @Test
    void lossThatTheSessionCallsAFailure_isKeptAndTold() throws IOException {
        FixtureRun.Result result = run(LossIsFailure.class);
        assertThat(result.summary("a")).contains("wrong", "LOSSY, 1 packets", "2 packets were dropped");
    }

    @Test
    void twoExtensionsOnOneClass_keepTheirOwn() throws IOException {
        assertThat(run(TwoOfThem.class).kept()).containsExactly("TwoOfThem/a", "TwoOfThem/a-2");
    }

    @Test
    void ownCapturesInParallel_doNotHinderEachOther() throws IOException {
        FixtureRun.Result result = new FixtureRun(ParallelOwn.class, directory.resolve("captures"))
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .run();
        result.results().testEvents().assertStatistics(events -> events.succeeded(40));
        assertThat(result.kept()).isEmpty();
    }

    @Test
    void outputSetByTheSession_isRefusedWithBothNames() {
        assertThat(run(WithItsOwnFile.class).failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the output is set twice")
                .hasMessageContaining("mine.pcapng");
    }

    @Test
    void preRoll_negative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CaptureExtension.capturing(CaptureExtensionTest::session)
                        .preRoll(Duration.ofMillis(-1)));
    }

    private FixtureRun.Result run(Class<?> fixture) {
        return new FixtureRun(fixture, directory.resolve("captures")).run();
    }

    private String sessionOf(FixtureRun.Result result, Class<?> type, String method) throws IOException {
        Path manifest =
                result.captures().resolve(type.getName()).resolve(method).resolve("capture.pcapng.manifest.json");
        return java.nio.file.Files.readString(manifest)
                .lines()
                .filter(line -> line.contains("\"session\""))
                .findFirst()
                .orElseThrow();
    }
}
