package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** A JVM that captures, to be killed. */
record Victim(Process process, BufferedReader out, String session, String filter) implements AutoCloseable {
    /** Starts it and returns when its session has an id. */
    static Victim start(TestCluster cluster, String target, String method, boolean blocked, Path directory)
            throws IOException {
        // The port names the processes of this victim, wherever they run.
        String filter = "udp port 9 or udp port "
                + (20_000 + Math.floorMod(UUID.randomUUID().hashCode(), 40_000));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CaptureVictim.class.getName(),
                        cluster.namespace(),
                        target,
                        method,
                        directory.resolve(UUID.randomUUID() + ".pcapng").toString(),
                        Boolean.toString(blocked),
                        filter)
                .redirectError(new File(directory.toFile(), "victim.err"));
        builder.environment().putAll(ClusterChoice.chosen().environment());
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(out.readLine());
        assertThat(line).startsWith("session ");
        return new Victim(process, out, line.substring("session ".length()), filter);
    }

    void awaitReady() throws IOException {
        assertThat(out.readLine()).isEqualTo("ready");
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        out.close();
    }
}
