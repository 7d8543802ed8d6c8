package io.podcapture.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of what a test may leave on this machine, but those of a cluster. */
class NothingLeftBehindTest {
    private static final ExtensionContext NONE = null;
    private static final Logger OURS = Logger.getLogger("io.podcapture");

    @TempDir
    Path directory;

    private final NothingLeftBehind nothing = NothingLeftBehind.check();

    // What is logged here would look like trouble.
    @BeforeAll
    static void quiet() {
        OURS.setUseParentHandlers(false);
    }

    @AfterAll
    static void loud() {
        OURS.setUseParentHandlers(true);
    }

    @Test
    void thread_thatStays_failsTheTest() throws Exception {
        nothing.within(Duration.ofMillis(50)).beforeTestExecution(NONE);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = started("podcapture-stays", end);
        assertThatThrownBy(() -> nothing.afterTestExecution(NONE))
                .isInstanceOf(AssertionError.class)
                .hasMessage("left behind: thread podcapture-stays");
        end.countDown();
        thread.join();
    }

    @Test
    void thread_thatEnds_isWaitedFor() throws Exception {
        nothing.beforeTestExecution(NONE);
        Thread waiting = Thread.currentThread();
        Thread thread = new Thread(
                () -> {
                    while (waiting.getState() == Thread.State.RUNNABLE) {
                        Thread.onSpinWait();
                    }
                },
                "podcapture-ends");
        thread.start();
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
        thread.join();
    }

    @Test
    void thread_ofBeforeOrOfOthers_doesNotMatter() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread before = started("podcapture-before", end);
        nothing.beforeTestExecution(NONE);
        Thread other = started("another", end);
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
        end.countDown();
        before.join();
        other.join();
    }

    @Test
    void partFile_withinADirectory_failsTheTest() throws Exception {
        nothing.directory(() -> directory).within(Duration.ofMillis(50)).beforeTestExecution(NONE);
        Path part = Files.createFile(
                Files.createDirectory(directory.resolve("parts")).resolve("cart.pcap.part"));
        Files.createFile(directory.resolve("cart.pcapng"));
        assertThatThrownBy(() -> nothing.afterTestExecution(NONE)).hasMessage("left behind: file " + part);
        Files.delete(part);
        nothing.beforeTestExecution(NONE);
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
    }

    @Test
    void directory_thatDoesNotExist_hasNothing() {
        nothing.directory(() -> directory.resolve("none")).beforeTestExecution(NONE);
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"INFO, WARNING", "WARNING, ERROR", "DEBUG, INFO", "OFF, INFO"})
    void words_louderThanAllowed_failTheTest(System.Logger.Level allowed, System.Logger.Level loud) {
        nothing.loudest(allowed).beforeTestExecution(NONE);
        log(loud);
        assertThatThrownBy(() -> nothing.afterTestExecution(NONE))
                .hasMessageMatching("left behind: logged [A-Z]+ by io\\.podcapture\\.Some: something");
    }

    @ParameterizedTest
    @CsvSource({"WARNING, WARNING", "ERROR, ERROR", "ALL, ERROR"})
    void words_asLoudAsAllowed_doNot(System.Logger.Level allowed, System.Logger.Level loud) {
        nothing.loudest(allowed).beforeTestExecution(NONE);
        log(loud);
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
    }

    @Test
    void words_betweenTwoTests_areNobodys() {
        nothing.beforeTestExecution(NONE);
        nothing.afterTestExecution(NONE);
        log(System.Logger.Level.ERROR);
        nothing.beforeTestExecution(NONE);
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
    }

    @Test
    void within_noTime_isRefused() {
        assertThatThrownBy(() -> nothing.within(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void log(System.Logger.Level level) {
        System.getLogger("io.podcapture.Some").log(level, "something");
    }

    private static Thread started(String name, CountDownLatch end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.start();
        return thread;
    }
}
