package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs a sidecar's main process in shells of this machine. Its short naps take no time, the long one takes for ever. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class SidecarMainTest {
    // Captures that others run on this machine are none of ours.
    private static final String OURS = "x" + ProcessHandle.current().pid() + "-";

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();
    private QuickSleep sleep;

    @BeforeEach
    void makeSleep() throws IOException {
        sleep = QuickSleep.in(directory, 1);
    }

    @AfterEach
    void killAll() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_withoutCapture_endsAsSoonAsItIsTold(String shell) throws Exception {
        Process main = main(shell);
        main.destroy();
        assertThat(main.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(main.exitValue()).isZero();
        assertThat(sleep.seconds()).containsExactly("3600");
    }

    @ParameterizedTest
    @CsvSource({
        "dash, podcapture-wrapper-x, nonce",
        "bash, podcapture-wrapper-x, nonce",
        "busybox sh, podcapture-wrapper-x, nonce",
        "dash, podcapture-spool, /podcapture/x-1",
        "bash, podcapture-spool, /podcapture/x-1",
        "busybox sh, podcapture-spool, /podcapture/x-1"
    })
    void main_withCaptureOrFetch_staysUntilItIsOverAndALittleLonger(String shell, String name, String argument)
            throws Exception {
        Process capture = start(shell, List.of("sh", "-c", "/bin/sleep 300; :", OURS + name, argument));
        Awaitility.await("the capture").until(() -> capture.descendants().count() == 1);
        Process main = main(shell);
        main.destroy();
        // More than it takes where nothing is busy. Each reads the arguments of all processes, which takes shells a
        // while.
        Awaitility.await("some naps")
                .atMost(Duration.ofMinutes(1))
                .until(() -> sleep.seconds().size() > 3);
        assertThat(main.isAlive()).isTrue();
        capture.descendants().forEach(ProcessHandle::destroyForcibly);
        assertThat(capture.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(main.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(main.exitValue()).isZero();
    }

    private Process main(String shell) throws Exception {
        List<String> command = new ArrayList<>(SidecarScripts.main());
        assertThat(command.get(2)).contains("mark=podcapture-");
        command.set(2, command.get(2).replace("mark=podcapture-", "mark=" + OURS + "podcapture-"));
        Process main = start(shell, sleep.in(command));
        Awaitility.await("its long nap").until(() -> sleep.seconds().contains("3600"));
        return main;
    }

    private Process start(String shell, List<String> command) throws IOException {
        Process process = LocalShell.start(shell, command);
        started.add(process);
        return process;
    }
}
