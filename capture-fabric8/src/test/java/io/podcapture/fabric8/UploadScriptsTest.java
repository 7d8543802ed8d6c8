package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Runs the scripts in shells of this machine. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class UploadScriptsTest {
    private static final String NAME = ".podcapture-x";
    // In a mount namespace of its own: a directory where no program may run, and one that nobody can write to.
    private static final List<String> MOUNTS = List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o noexec none \"$1\" && mount -t tmpfs -o ro none \"$2\" || exit 99;"
                    + " noexec=$1; shift 2; \"$@\"; ls -A \"$noexec\"",
            "mounts");

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killAll() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void probe_ofSeveral_namesTheFirstThatWill(String shell) throws Exception {
        Path noexec = Files.createDirectory(directory.resolve("noexec"));
        Path readOnly = Files.createDirectory(directory.resolve("ro"));
        Path good = Files.createDirectory(directory.resolve("my files"));
        List<String> mounts = new ArrayList<>(MOUNTS);
        mounts.addAll(List.of(noexec.toString(), readOnly.toString()));
        Process probe = start(
                mounts,
                shell,
                ContainerProbe.command(
                        NAME, List.of("/no/such", noexec.toString(), readOnly.toString(), good.toString(), "/tmp")));
        List<String> lines = probe.inputReader().lines().toList();
        assumeThat(probe.waitFor()).as("this machine lets nobody mount").isNotEqualTo(99);
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("tool ") && !line.matches("caps [0-9a-f]{16}"))
                .containsExactly(
                        "arch " + architecture(),
                        "user " + user(),
                        "not missing /no/such",
                        "not noexec " + noexec,
                        "not unwritable " + readOnly,
                        "in " + good);
        assertThat(good).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void probe_withoutDirectories_tellsTheVersionOfAToolThatRuns(String shell) throws Exception {
        Path tool = directory.resolve("tcpdump");
        Files.writeString(
                tool,
                "#!/bin/sh\necho warning >&2; echo tcpdump version 9 >&2; echo libpcap version 1; exit $STATUS\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        assertThat(probed(shell, "0")).contains("tool tcpdump version 9").doesNotContain("tool libpcap version 1");
        assertThat(probed(shell, "1")).noneMatch(line -> line.startsWith("tool"));
    }

    private List<String> probed(String shell, String status) throws Exception {
        List<String> command = ContainerProbe.command(NAME, List.of());
        List<String> argv = new ArrayList<>(List.of(shell.split(" ")));
        argv.addAll(command.subList(1, command.size()));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().put("STATUS", status);
        return builder.start().inputReader().lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void probe_ofWorkingDirectory_tellsItsPath(String shell) throws Exception {
        Process probe = start(List.of(), shell, ContainerProbe.command(NAME, List.of("/no/such", ".")));
        assertThat(probe.inputReader().lines()).last().isEqualTo("in " + directory.toRealPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void send_whole_isThereUntilTold(String shell) throws Exception {
        byte[] octets = random(300_000);
        Path file = directory.resolve(NAME);
        Process send = send(shell, file, octets.length, 60);
        write(send, octets);
        assertThat(send.inputReader().readLine()).isEqualTo("sha256 " + new Program(octets).sha256());
        assertThat(file).hasBinaryContent(octets);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwx------");

        write(send, new byte[] {'\n'});
        assertThat(send.waitFor()).isZero();
        assertThat(file).doesNotExist();
        assertThat(send.descendants()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void send_cutShort_isToldByTheDigestAndGone(String shell) throws Exception {
        byte[] octets = random(100_000);
        Path file = directory.resolve(NAME);
        Process send = send(shell, file, octets.length, 60);
        write(send, Arrays.copyOf(octets, 99_999));
        send.getOutputStream().close();
        assertThat(send.inputReader().readLine())
                .isEqualTo("sha256 " + new Program(Arrays.copyOf(octets, 99_999)).sha256());
        assertThat(send.waitFor()).isZero();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void send_withoutTheTool_tellsNoDigest(String shell) throws Exception {
        Path tools = Files.createDirectory(directory.resolve("bin"));
        for (String tool : List.of("head", "chmod", "rm", "sleep")) {
            Files.copy(Path.of("/bin", tool), tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path file = directory.resolve(NAME);
        Process send = start(List.of("/usr/bin/env", "PATH=" + tools), "/bin/" + shell, sending(file, 3, 60));
        write(send, new byte[3]);
        assertThat(send.inputReader().readLine()).isEqualTo("sha256 ");
        assertThat(file).hasSize(3);
        send.getOutputStream().close();
        assertThat(send.waitFor()).isZero();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void send_whereNothingCanBeWritten_saysWhyAndEnds(String shell) throws Exception {
        Process send = send(shell, Path.of("/no/such/file"), 1000, 60);
        assertThat(send.inputReader().readLine()).isNull();
        assertThat(send.errorReader().readLine()).contains("/no/such/file");
        assertThat(send.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void send_killed_leavesNoFile(String shell) throws Exception {
        Path file = directory.resolve(NAME);
        Process send = send(shell, file, 3, 60);
        write(send, new byte[3]);
        send.inputReader().readLine();
        assertThat(file).exists();
        send.destroyForcibly().waitFor();
        Awaitility.await().until(() -> !Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void send_timeUp_endsAndLeavesNoFile(String shell) throws Exception {
        Path file = directory.resolve(NAME);
        Process send = send(shell, file, 1000, 2);
        write(send, new byte[3]);
        assertThat(send.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().until(() -> !Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void launch_program_runsWhenItsFileIsGone(String shell) throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        Path file = Files.copy(Path.of("/bin/ls"), place.resolve(NAME));
        Files.createFile(place.resolve("a $(b)"));
        List<String> command = new ArrayList<>(UploadScripts.launch(file.toString()));
        command.addAll(List.of("tcpdump", "-A", place.toString(), "/no/such"));
        Process launched = start(List.of(), shell, command);
        assertThat(launched.inputReader().lines()).containsExactly(place + ":", "a $(b)");
        // So it calls itself what the method expects.
        assertThat(launched.errorReader().lines())
                .singleElement()
                .asString()
                .matches("(/proc/self/fd/)?" + UploadScripts.PROGRAM + ": .*/no/such.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void launch_fileThatIsGone_isAProgramThatCannotRun(String shell) throws Exception {
        List<String> command =
                new ArrayList<>(UploadScripts.launch(directory.resolve("gone").toString()));
        command.add("tcpdump");
        assertThat(start(List.of(), shell, command).waitFor()).isEqualTo(126);
    }

    private Process send(String shell, Path file, int octets, long seconds) throws IOException {
        return start(List.of(), shell, sending(file, octets, seconds));
    }

    private static List<String> sending(Path file, int octets, long seconds) {
        return UploadScripts.send(file.toString(), octets, seconds);
    }

    private Process start(List<String> before, String shell, List<String> command) throws IOException {
        List<String> words = Arrays.asList(shell.split(" "));
        assumeThat(Stream.of("/bin", "/usr/bin"))
                .as("this machine has no %s", shell)
                .anyMatch(bin -> Files.isExecutable(Path.of(bin).resolve(words.get(0))));
        List<String> argv = new ArrayList<>(before);
        argv.addAll(words);
        argv.addAll(command.subList(1, command.size()));
        Process process = new ProcessBuilder(argv).directory(directory.toFile()).start();
        started.add(process);
        return process;
    }

    private static void write(Process process, byte[] octets) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(octets);
        input.flush();
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static String user() throws Exception {
        return new ProcessBuilder("id", "-u").start().inputReader().readLine();
    }

    private static String architecture() throws Exception {
        Process uname = new ProcessBuilder("uname", "-m").start();
        String machine = new String(uname.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return switch (machine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> machine;
        };
    }
}
