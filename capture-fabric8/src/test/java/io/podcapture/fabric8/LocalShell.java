package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the constant scripts in a shell of this machine that a test chooses. */
final class LocalShell {
    private LocalShell() {}

    /** Starts a command whose first word is a shell, with another shell in its place; skips the test where there is none. */
    static Process start(String shell, List<String> command) throws IOException {
        return builder(shell, command).start();
    }

    /** Returns what starts such a command. */
    static ProcessBuilder builder(String shell, List<String> command) {
        List<String> argv = new ArrayList<>(Arrays.asList(shell.split(" ")));
        assumeThat(Stream.of("/bin", "/usr/bin"))
                .as("this machine has no %s", shell)
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, argv.get(0))));
        argv.addAll(command.subList(1, command.size()));
        return new ProcessBuilder(argv);
    }

    /** Returns what a command prints that ends by itself with status 0 and complains of nothing. */
    static String output(String shell, List<String> command) throws Exception {
        Process process = start(shell, command);
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.getErrorStream().readAllBytes()).asString().isEmpty();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return printed;
    }
}
