package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleanupsTest {
    private final Cleanups cleanups = new Cleanups();
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void run_several_undoesTheLastFirst() {
        cleanups.onCleanup("a", () -> done.add("a"));
        cleanups.onCleanup("b", () -> done.add("b"));
        cleanups.run();
        cleanups.run();
        assertThat(done).containsExactly("b", "a");
    }

    @Test
    void run_byAnInterruptedThread_undoesAllAndKeepsTheInterrupt() {
        cleanups.onCleanup(
                "a", () -> done.add("a, interrupted: " + Thread.currentThread().isInterrupted()));
        Thread.currentThread().interrupt();
        cleanups.run();
        assertThat(done).containsExactly("a, interrupted: false");
        assertThat(cleanups.leftovers()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void run_interruptedMeanwhile_undoesItOnceMore() {
        cleanups.onCleanup("a", () -> {
            done.add("a");
            if (done.size() == 1) {
                throw new InterruptedException();
            }
        });
        cleanups.run();
        assertThat(done).containsExactly("a", "a");
        assertThat(cleanups.leftovers()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void run_cleanupFails_namesWhatStays() {
        cleanups.onCleanup("pod tools/x", () -> {
            throw new IOException("forbidden");
        });
        cleanups.run();
        assertThat(cleanups.leftovers()).containsExactly("pod tools/x: it could not be removed: forbidden");
    }
}
