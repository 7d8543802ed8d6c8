package io.podcapture.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A container of Docker, beside the cluster, that has what the tools pod has.
 *
 * @param id of the container
 */
record ToolsContainer(String id) implements AutoCloseable {
    static final String IMAGE = "localhost/tools:1";

    /** Starts one; skips the test where no engine answers that has the image. */
    static ToolsContainer start() throws Exception {
        assumeTrue(isThereAnEngine(), "a Docker engine answers and has image " + IMAGE);
        return new ToolsContainer(docker("run", "--detach", "--rm", "--entrypoint", "sleep", IMAGE, "600"));
    }

    void datagrams(int first, int count) throws Exception {
        docker(
                "exec",
                id,
                "bash",
                "-c",
                Traffic.DATAGRAMS,
                "traffic",
                Integer.toString(first),
                Integer.toString(count));
    }

    @Override
    public void close() throws IOException {
        process("rm", "--force", id).onExit().join();
    }

    private static boolean isThereAnEngine() throws InterruptedException {
        try {
            return process("image", "inspect", IMAGE).waitFor() == 0;
        } catch (IOException noCommand) {
            return false;
        }
    }

    private static String docker(String... arguments) throws Exception {
        Process process = process(arguments);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("docker " + String.join(" ", arguments) + ": " + said);
        }
        return said;
    }

    private static Process process(String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(argv).redirectErrorStream(true).start();
    }
}
