package io.podcapture.local;

import io.podcapture.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A JVM that captures, to be killed or interrupted; it leads a group of processes, as a program does that a terminal runs.
 *
 * @param session the id of its session
 * @param filter names its processes, wherever on this machine they run
 */
record KilledProgram(Process process, String session, String filter) implements AutoCloseable {
    private static final String READY = "capturing ";

    /**
     * Starts it and returns when it captures.
     *
     * @param interfaces all in one stream, if none
     */
    static KilledProgram start(
            Target target, Path file, String engine, String image, boolean blocked, String... interfaces)
            throws IOException {
        String filter = "udp port 9 or udp port "
                + (20_000 + Math.floorMod(UUID.randomUUID().hashCode(), 40_000));
        List<String> argv = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                // Beside the file, so that what stays of it is seen.
                "-Djava.io.tmpdir=" + file.getParent(),
                "-Djna.tmpdir=" + file.getParent(),
                "-cp",
                System.getProperty("java.class.path"),
                CaptureUntilKilled.class.getName(),
                target.kind() + "/" + target.name().orElseThrow(),
                file.toString(),
                filter,
                engine,
                image,
                Boolean.toString(blocked)));
        argv.addAll(List.of(interfaces));
        Process process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader printed = process.inputReader(StandardCharsets.UTF_8);
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            if (line.startsWith(READY)) {
                return new KilledProgram(process, line.substring(READY.length()), filter);
            }
        }
        throw new AssertionError("the program ended before it captured");
    }

    /** Does to it, and to all of its group, what Ctrl-C does; returns what it says at its end. */
    String interrupt() throws Exception {
        new ProcessBuilder("sh", "-c", "kill -s INT -- -" + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        return process.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    }

    /** Returns the command lines of other processes of this machine that name one of the words. */
    List<String> processesNaming(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(filter);
        return ProcessHandle.allProcesses()
                .filter(other -> other.pid() != process.pid())
                .map(KilledProgram::commandLine)
                .filter(line -> all.stream().anyMatch(line::contains))
                .toList();
    }

    // Java's own look at it ends after 4096 octets, which the wrapper script alone has.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
