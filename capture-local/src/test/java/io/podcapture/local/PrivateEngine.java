package io.podcapture.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Docker engine of a test's own, so that it may be stopped: dockerd as root, containers without a network. */
final class PrivateEngine {
    private final Path directory;
    private final List<String> command;
    private final RealEngine engine;
    private Process daemon;

    private PrivateEngine(Path directory, List<String> command, RealEngine engine) throws IOException {
        this.directory = directory;
        this.command = command;
        this.engine = engine;
        this.daemon = launch();
    }

    /**
     * Starts one that runs containers as another does, and gives it the image of the tools.
     *
     * @param directory short, since the paths of sockets are
     */
    static PrivateEngine start(RealEngine like, Path directory) throws Exception {
        assumeTrue(
                SearchPath.ofThisJvm().find("dockerd").isPresent()
                        && System.getProperty("user.name").equals("root"),
                "an engine can be started");
        Path socket = directory.resolve("docker.sock");
        Path client = Files.writeString(
                directory.resolve("docker"),
                "#!/bin/sh\nexec '" + like.engine().command(List.of()).get(0) + "' -H 'unix://" + socket
                        + "' \"$@\"\n");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of("dockerd", "-H", "unix://" + socket));
        command.addAll(List.of("--data-root", directory.resolve("data").toString()));
        command.addAll(List.of("--exec-root", directory.resolve("exec").toString()));
        command.addAll(List.of("-p", directory.resolve("pid").toString(), "--bridge", "none"));
        command.addAll(List.of("--iptables=false", "--ip6tables=false", "--exec-opt", "native.cgroupdriver=cgroupfs"));
        command.addAll(runtime(like));
        PrivateEngine started =
                new PrivateEngine(directory, command, new RealEngine(new Engine(Optional.of(client.toString()))));
        boolean ready = false;
        try {
            started.awaitAnswer();
            Path image = directory.resolve("image.tar");
            like.ask("save", "--output", image.toString(), RealEngine.TOOLS);
            started.engine.ask("load", "--quiet", "--input", image.toString());
            ready = true;
            return started;
        } finally {
            if (!ready) {
                started.end();
            }
        }
    }

    // Containers may need another than the usual one here.
    private static List<String> runtime(RealEngine like) throws Exception {
        String name = like.ask("info", "--format", "{{.DefaultRuntime}}");
        String path = like.ask("info", "--format", "{{(index .Runtimes \"" + name + "\").Path}}");
        return path.startsWith("/")
                ? List.of("--add-runtime", name + "=" + path, "--default-runtime", name)
                : List.of();
    }

    RealEngine engine() {
        return engine;
    }

    /** Sends the daemon a signal, {@code STOP} for instance. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(daemon.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    boolean awaitEnd() throws InterruptedException {
        return daemon.waitFor(60, TimeUnit.SECONDS);
    }

    /** Lets it go on after whatever signal; after its end, with what it had. */
    void goOn() throws Exception {
        if (daemon.isAlive()) {
            signal("CONT");
        } else {
            daemon = launch();
        }
        awaitAnswer();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private void awaitAnswer() {
        Awaitility.await("an engine of the test's own answers")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        engine.engine().ask(Engine.PATIENCE, List.of("version")).status() == 0);
    }

    /** Ends it and its containers; its files stay. */
    void end() throws Exception {
        if (daemon.isAlive()) {
            signal("CONT");
            daemon.destroy();
        }
        if (!awaitEnd()) {
            daemon.destroyForcibly();
        }
    }
}
