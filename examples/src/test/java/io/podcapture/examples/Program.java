package io.podcapture.examples;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The program in a JVM of its own, where it has ended.
 *
 * @param said on both outputs
 */
record Program(int status, String said) {
    /** What it is started with. */
    interface Start {
        Program run(String... arguments) throws IOException, InterruptedException;
    }

    /** Prepares one that finds no cluster, and no commands but those of engines. */
    static Start withEngines(Path home, StandInEngine... engines) {
        String path = Arrays.stream(engines)
                .map(engine -> engine.directory().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return arguments -> run(home, path, List.of(), arguments);
    }

    /** Prepares one whose libraries may log all they like. */
    static Start withLogs(Path home) throws IOException {
        Path settings = Files.writeString(
                home.resolve("logging.properties"),
                "handlers=java.util.logging.ConsoleHandler\n.level=ALL\n"
                        + "java.util.logging.ConsoleHandler.level=ALL\n");
        return arguments -> run(home, "", List.of("-Djava.util.logging.config.file=" + settings), arguments);
    }

    private static Program run(Path home, String path, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home));
        argv.addAll(options);
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        argv.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(argv).redirectErrorStream(true);
        program.environment().keySet().removeIf(name -> name.startsWith("KUBE"));
        program.environment().put("HOME", home.toString());
        program.environment().put("PATH", path);
        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program(process.waitFor(), said);
    }
}
