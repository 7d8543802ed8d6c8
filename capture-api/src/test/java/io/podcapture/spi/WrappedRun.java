package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The real script around a stand-in, in a session of its own so that every process of it can be found. */
final class WrappedRun implements AutoCloseable {
    static final String NONCE = "00c0ffee";

    private final Process process;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<CompletableFuture<Void>> readers;

    private WrappedRun(Process process) {
        this.process = process;
        this.readers = List.of(
                CompletableFuture.runAsync(() -> copy(process.getInputStream(), out), WrappedRun::execute),
                CompletableFuture.runAsync(() -> copy(process.getErrorStream(), err), WrappedRun::execute));
    }

    static WrappedRun start(String shell, int lease, List<String> tool) throws IOException {
        return start(command(shell, lease, tool));
    }

    static WrappedRun start(List<String> argv) throws IOException {
        return new WrappedRun(new ProcessBuilder(argv).start());
    }

    /** Starts it below a process number 1 that never reaps, as many containers have it. */
    static WrappedRun startUnreaped(String shell, int lease, List<String> tool) throws IOException {
        List<String> argv = command(shell, lease, tool);
        argv.addAll(
                1,
                List.of(
                        "unshare",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "sh",
                        "-c",
                        "exec 3<&0; \"$@\" <&3 3<&- & exec 3<&-; exec sleep 1000",
                        "init"));
        return start(argv);
    }

    static boolean canUnshare() throws Exception {
        return Files.isExecutable(Path.of("/usr/bin/unshare"))
                && new ProcessBuilder("unshare", "--pid", "--fork", "true")
                                .start()
                                .waitFor()
                        == 0;
    }

    /** Returns the script's command, read by a shell of the test's choice. */
    static List<String> command(String shell, int lease, List<String> tool) {
        List<String> constant = WrapperScript.command("podcapture-test", NONCE, tool);
        List<String> argv = new ArrayList<>(List.of("setsid"));
        argv.addAll(List.of(shell.split(" ")));
        argv.addAll(constant.subList(1, 5));
        argv.add(Integer.toString(lease));
        argv.addAll(constant.subList(6, constant.size()));
        return argv;
    }

    static boolean has(String shell) {
        return Stream.of("/bin/", "/usr/bin/").anyMatch(bin -> Files.isExecutable(Path.of(bin + shell.split(" ")[0])));
    }

    void send(String verb) throws IOException {
        process.getOutputStream().write((verb + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    void awaitError(String text) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(error()).contains(text));
    }

    void awaitOutput(String text) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(output()).contains(text));
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Returns the exit status when the script has ended and all that it wrote is here. */
    int awaitExit() throws Exception {
        int status = process.onExit().get(30, TimeUnit.SECONDS).exitValue();
        for (CompletableFuture<Void> reader : readers) {
            reader.get(10, TimeUnit.SECONDS);
        }
        return status;
    }

    String output() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    byte[] octets() {
        return out.toByteArray();
    }

    /** Returns what was said, without heartbeats. */
    String error() {
        return err.toString(StandardCharsets.ISO_8859_1).replace("\u0006", "");
    }

    int heartbeats() {
        return (int) err.toString(StandardCharsets.ISO_8859_1)
                .chars()
                .filter(octet -> octet == 6)
                .count();
    }

    static String trailer(int status) {
        return WrapperScript.trailer(NONCE) + String.format("%03d\n", status);
    }

    /** Returns the processes of this run that are there, zombies included, each as number, name and state. */
    List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path entry : all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                stat(entry).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<String> stat(Path entry) {
        try {
            String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[3].equals(Long.toString(process.pid()))
                    ? Optional.of(stat.substring(0, stat.lastIndexOf(')') + 3))
                    : Optional.empty();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    /** Ends what a failed test left. */
    @Override
    public void close() throws IOException {
        for (String found : processes()) {
            ProcessHandle.of(Long.parseLong(found.substring(0, found.indexOf(' '))))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static void execute(Runnable task) {
        Thread thread = new Thread(task, "wrapped-run");
        thread.setDaemon(true);
        thread.start();
    }

    private static void copy(InputStream from, ByteArrayOutputStream to) {
        try (from) {
            from.transferTo(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
