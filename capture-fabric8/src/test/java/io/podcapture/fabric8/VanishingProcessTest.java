package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes come and go while scripts look at them. To read the arguments of one that is gone fails, and bash then leaves the
 * variable as it was: nothing may go on with what was read before, or it never ends.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class VanishingProcessTest {
    private static final AtomicInteger TESTS = new AtomicInteger();

    // Ends the process as soon as its arguments were read once.
    private static final String VANISHING = """
            gone=0
            read() {
              command read "$@"
              told=$?
              case $line in *vanishing-%1$s)
                gone=1
                kill -9 %2$d
                while [ -e /proc/%2$d ]; do :; done ;;
              esac
              return "$told"
            }
            """;

    private static final String STATUS = "exit $((1 - gone))";

    @TempDir
    private Path directory;

    /** Of one test: another one's process may vanish at the same time. */
    private final String ours = "v" + ProcessHandle.current().pid() + "-" + TESTS.incrementAndGet() + "x";

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killAll() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void sidecarMain_looksOnAndEnds(String shell) throws Exception {
        QuickSleep sleep = QuickSleep.in(directory, 1);
        List<String> command = new ArrayList<>(sleep.in(SidecarScripts.main()));
        // Captures that others run on this machine are none of ours.
        assertThat(command.get(2)).contains("mark=podcapture-");
        command.set(2, command.get(2).replace("mark=podcapture-", "mark=" + ours));
        Process main = start(shell, command, "exit 0", STATUS);
        Awaitility.await("its long nap").until(() -> sleep.seconds().contains("3600"));
        main.destroy();
        assertEnds(main);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void ephemeralMain_withoutGrep_looksOnAndEnds(String shell) throws Exception {
        QuickSleep sleep = QuickSleep.in(directory, 2);
        assertEnds(start(shell, sleep.in(EphemeralScripts.main(ours)), "grep=$(command -v grep)", "grep="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void ephemeralEnd_looksOnAndEnds(String shell) throws Exception {
        assertEnds(start(shell, EphemeralScripts.end(ours), "for dir", "for dir"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void sidecarForget_looksOnAndEnds(String shell) throws Exception {
        assertThat(directory.resolve(ours + "-1").toFile().mkdir()).isTrue();
        assertEnds(start(shell, SidecarScripts.forget(directory.toString(), List.of(ours)), "exit 0", STATUS));
        assertThat(directory).isEmptyDirectory();
    }

    private Process start(String shell, List<String> command, String words, String others) throws IOException {
        Process victim = LocalShell.start(shell, List.of("sh", "-c", "/bin/sleep 300; :", "vanishing-" + ours));
        started.add(victim);
        Awaitility.await().until(() -> victim.descendants().findAny().isPresent());
        assertThat(command.get(2)).contains(words);
        List<String> vanishing = new ArrayList<>(command);
        vanishing.set(
                2, VANISHING.formatted(ours, victim.pid()) + command.get(2).replace(words, others) + "\n" + STATUS);
        Process process = LocalShell.builder(shell, vanishing)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    private static void assertEnds(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("whether the process vanished").isZero();
    }
}
