package io.podcapture.testkit.cluster;

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

/** The tcpdump of this machine, where it is the one that the stand-in is like, and may capture. */
final class RealTcpdump {
    private static final String VERSION = "tcpdump version 4.99.3";

    private final Path directory;

    /** Takes a directory to run in. */
    RealTcpdump(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where there is none. */
    void assume() throws IOException, InterruptedException {
        assumeThat(Stream.of("/usr/bin/tcpdump", "/usr/sbin/tcpdump", "/sbin/tcpdump"))
                .as("this machine has no tcpdump")
                .anyMatch(file -> Files.isExecutable(Path.of(file)));
        assumeThat(printed(start("tcpdump --version 2>&1", ""))).startsWith(VERSION);
        assumeThat(printed(start("tcpdump -i lo -d 2>&1", "")))
                .as("it may not capture here")
                .doesNotContain("permi");
    }

    /** Starts a script whose arguments are a command line of tcpdump. */
    Process start(String script, String options) throws IOException {
        return new ProcessBuilder(command(script, options))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** Returns all that it prints. */
    static String printed(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return printed;
    }

    static List<String> command(String script, String options) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh", "tcpdump"));
        argv.addAll(Arrays.asList(options.split(" ")));
        return argv;
    }
}
