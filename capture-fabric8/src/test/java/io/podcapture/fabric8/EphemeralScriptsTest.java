package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scripts in shells of this machine. A {@code sleep} that returns at once makes a round take no time. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class EphemeralScriptsTest {
    private static final String SESSION = "s" + ProcessHandle.current().pid() + "x";

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();
    private QuickSleep sleep;

    @BeforeEach
    void makeSleep() throws IOException {
        sleep = QuickSleep.in(directory, 2);
    }

    @AfterEach
    void killAll() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_withoutCapture_endsAfterEightRounds(String shell) throws Exception {
        Process main = main(shell, true);
        assertThat(main.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(main.exitValue()).isZero();
        assertThat(sleep.seconds()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_withALookThatDoesNotEnd_endsAfterFifteenRoundsMore(String shell) throws Exception {
        marked(shell, NodeScripts.sockets(SESSION, true).get(3));
        Process main = main(shell, true);
        assertThat(main.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(main.exitValue()).isZero();
        assertThat(sleep.seconds()).hasSize(15 + 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_withALookBesideACapture_countsTheCapture(String shell) throws Exception {
        marked(shell, NodeScripts.sockets(SESSION, true).get(3));
        assertSeesCapture(shell, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_withCapture_staysUntilItIsGone(String shell) throws Exception {
        Process capture = capture(shell, SESSION);
        Process main = main(shell, true);
        awaitRounds(30);
        assertThat(main.isAlive()).isTrue();

        capture.destroyForcibly().waitFor();
        assertThat(main.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(main.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_afterACapture_staysForFourRounds(String shell) throws Exception {
        Process capture = capture(shell, SESSION);
        Process main = start(shell, true, talking(""));
        assertThat(main.inputReader().readLine()).isEqualTo("found " + capture.pid());
        capture.destroyForcibly().waitFor();
        assertThat(main.inputReader().lines().filter("found "::equals)).hasSize(4);
        assertThat(main.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_withCaptureOfAnotherSession_ends(String shell) throws Exception {
        capture(shell, "another" + SESSION);
        assertThat(main(shell, true).waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_inEveryShell_seesCapture(String shell) throws Exception {
        assertSeesCapture(shell, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_withoutGrep_seesCapture(String shell) throws Exception {
        assertSeesCapture(shell, "grep() { echo /proc/1/cmdline; }; command() { false; }; ");
    }

    private void assertSeesCapture(String shell, String before) throws Exception {
        Process capture = capture(shell, SESSION);
        Process main = start(shell, false, talking(before));
        assertThat(main.inputReader().readLine()).isEqualTo("found " + capture.pid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void main_askedToEnd_endsAtOnce(String shell) throws Exception {
        Process main = main(shell, false);
        awaitNap(main);
        main.destroy();
        assertThat(main.waitFor(1500, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(main.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void end_ofSession_endsItsMainProcessOnly(String shell) throws Exception {
        Process main = main(shell, false);
        Process other = start(shell, false, EphemeralScripts.main("other" + SESSION));
        awaitNap(main);
        awaitNap(other);

        Process end = start(shell, false, EphemeralScripts.end(SESSION));
        assertThat(end.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(main.waitFor(1500, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(other.isAlive()).isTrue();
    }

    private static List<String> talking(String before) {
        String script = EphemeralScripts.main(SESSION).get(2).replace("sleep 2 &", "echo \"found $found\"; sleep 2 &");
        return List.of("sh", "-c", before + script, "podcapture-main-" + SESSION, SESSION);
    }

    private Process main(String shell, boolean fast) throws IOException {
        return start(shell, fast, EphemeralScripts.main(SESSION));
    }

    private Process capture(String shell, String session) throws Exception {
        return marked(shell, "podcapture-wrapper-" + session);
    }

    private Process marked(String shell, String mark) throws Exception {
        Process process = start(shell, false, List.of("sh", "-c", "/bin/sleep 300; :", mark, "nonce", "tcpdump"));
        awaitNap(process);
        return process;
    }

    private Process start(String shell, boolean fast, List<String> command) throws IOException {
        Process process = LocalShell.builder(shell, fast ? sleep.in(command) : command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    private void awaitRounds(int count) {
        Awaitility.await().until(() -> sleep.seconds().size() >= count);
    }

    private static void awaitNap(Process process) {
        Awaitility.await().until(() -> process.descendants().findAny().isPresent());
    }
}
