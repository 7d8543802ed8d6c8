package io.podcapture.fabric8;

import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Runs the commands for the files of a capture in a shell of this machine, on another directory. */
final class LocalSpool implements OwnTraffic.Shell, AutoCloseable {
    final List<Process> started = new CopyOnWriteArrayList<>();
    private final String shell;
    private final Path files;
    private final String path;

    /**
     * Makes it.
     *
     * @param files what is in the directory's place
     * @param path where the scripts find their tools
     */
    LocalSpool(String shell, Path files, String path) {
        this.shell = shell;
        this.files = files;
        this.path = path;
    }

    /** Makes a place for tools that has just these. */
    static String pathOf(Path directory, String... tools) throws IOException {
        for (String tool : tools) {
            Files.copy(
                    Path.of("/bin", tool),
                    Files.createDirectories(directory).resolve(tool),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        return directory.toString();
    }

    /** Waits for the ends of all commands and returns their status. */
    List<Integer> ends() {
        return started.stream()
                .map(process ->
                        process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue())
                .toList();
    }

    @Override
    public RemoteProcess start(List<String> argv, Duration limit) throws IOException {
        List<String> here = argv.stream()
                .map(word -> word.startsWith(SidecarContainer.DIRECTORY + "/") ? files.toString() : word)
                .toList();
        ProcessBuilder builder = here.get(0).equals("sh") ? LocalShell.builder(shell, here) : new ProcessBuilder(here);
        builder.environment().put("PATH", path);
        Process process = builder.start();
        started.add(process);
        return RemoteProcess.of(process);
    }

    @Override
    public void close() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }
}
