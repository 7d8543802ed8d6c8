package io.podcapture.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A simulated cluster in a JVM of its own, where that of the test has no room for one.
 *
 * @param kubeconfig how it is reached
 */
record ClusterProcess(Process process, PrintWriter in, BufferedReader out, Path err, String kubeconfig)
        implements AutoCloseable {
    /**
     * Starts it and returns when its pods are there.
     *
     * @param directory where files may be written
     */
    static ClusterProcess start(Path directory) throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Path err = directory.resolve("cluster.err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterProgram.class.getName(),
                        kubeconfig.toString())
                .redirectError(err.toFile())
                .start();
        PrintWriter in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        boolean ready = false;
        try {
            await(out, ClusterProgram.READY, err);
            ready = true;
            return new ClusterProcess(process, in, out, err, Files.readString(kubeconfig));
        } finally {
            if (!ready) {
                process.destroyForcibly();
            }
        }
    }

    /** Plays a download from pod web-sidecar and returns how many packets of it that pod saw. */
    long download(long octets, long octetsPerSecond) throws IOException {
        in.println(octets + " " + octetsPerSecond);
        return Long.parseLong(await(out, ClusterProgram.SEEN, err));
    }

    // A JVM may print lines of its own.
    private static String await(BufferedReader out, String begin, Path err) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(begin)) {
                return line.substring(begin.length());
            }
        }
        throw new AssertionError("the cluster ended before it said \"" + begin + "\": " + Files.readString(err));
    }

    /** The end of its input lets it remove its files and processes. */
    @Override
    public void close() {
        try {
            in.close();
            process.waitFor();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
