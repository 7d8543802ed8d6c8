package io.podcapture.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * A JVM that captures, to be killed: one for several captures, since a JVM takes its time to start.
 *
 * @param sessions the ids of its sessions, in the order of its captures
 * @param filters each names the processes of one capture, wherever they run
 */
record Victim(Process process, BufferedReader out, Path err, List<String> sessions, List<String> filters)
        implements AutoCloseable {
    /** What it captures, and how. */
    record Capture(String target, String method) {}

    /** Starts one with a single capture. */
    static Victim start(Stage stage, String target, String method, boolean blocked, Path directory) throws IOException {
        return start(stage, List.of(new Capture(target, method)), blocked, directory);
    }

    /** Starts it and returns when its sessions have ids. */
    static Victim start(Stage stage, List<Capture> captures, boolean blocked, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(stage.jvmOptions());
        command.addAll(List.of(
                CaptureVictim.class.getName(), stage.namespace(), directory.toString(), Boolean.toString(blocked)));
        List<String> filters = new ArrayList<>();
        for (Capture capture : captures) {
            filters.add("udp port 9 or udp port "
                    + (20_000 + Math.floorMod(UUID.randomUUID().hashCode(), 40_000)));
            Collections.addAll(command, capture.target(), capture.method(), filters.get(filters.size() - 1));
        }
        Path err = directory.resolve(UUID.randomUUID() + ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(stage.environment(directory));
        Process process = builder.start();
        Victim victim = new Victim(
                process, process.inputReader(StandardCharsets.UTF_8), err, new ArrayList<>(), List.copyOf(filters));
        boolean begun = false;
        try {
            for (int i = 0; i < captures.size(); i++) {
                victim.sessions.add(victim.await("session "));
            }
            begun = true;
            return victim;
        } finally {
            if (!begun) {
                victim.close();
            }
        }
    }

    /** Returns the id of its only session. */
    String session() {
        return sessions.get(0);
    }

    void awaitReady() throws IOException {
        await("ready");
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        out.close();
    }

    // A JVM may print lines of its own.
    private String await(String begin) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(begin)) {
                return line.substring(begin.length());
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("the victim ended before it said \"" + begin + "\"; it said \"" + seen + "\" and "
                + Files.readString(err));
    }
}
