package io.podcapture.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Commands docker and podman that know the container web and every image, and a helper that a session left, until it is removed. */
final class StandInEngine {
    static final String LEFT = "container podcapture-docker-k3x8-01: helper of session k3x8, which is exited";

    private static final String SCRIPT = """
            #!/bin/sh
            cd @dir@ || exit
            [ ! -e silent ] || { echo 'Cannot connect to the engine: connection refused' >&2; exit 125; }
            for last; do :; done
            case $1-$last in
              inspect-web) printf '%s\\n' @web@ /web running nginx:1 bridge 172.17.0.2 ;;
              inspect-@left@) echo '@left@|/podcapture-docker-@session@-01|exited|@session@|2026-01-01T12:00:00Z' ;;
              inspect-*)
                echo "Error: No such container: $last" >&2
                exit 1 ;;
              image-*) echo sha256:0123 ;;
              ps-*) [ -e removed ] || echo @left@ ;;
              rm-@left@) : >removed ;;
              *) exit 9 ;;
            esac
            """;

    private final Path directory;

    /** Makes one that both commands lead to. */
    StandInEngine(Path directory) throws IOException {
        this(directory.resolve("engine"), "k3x8", "docker", "podman");
    }

    /**
     * Makes one.
     *
     * @param directory where it will be
     * @param session that left the helper
     */
    StandInEngine(Path directory, String session, String... commands) throws IOException {
        this.directory = Files.createDirectory(directory);
        String text = SCRIPT.replace("@dir@", "'" + this.directory + "'")
                .replace("@session@", session)
                .replace("@web@", "4f".repeat(32))
                .replace("@left@", "1e".repeat(32));
        for (String name : commands) {
            Path script = Files.writeString(this.directory.resolve(name), text);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Answers nothing any more. */
    void fallSilent() throws IOException {
        Files.createFile(directory.resolve("silent"));
    }

    Path directory() {
        return directory;
    }

    String docker() {
        return directory.resolve("docker").toString();
    }
}
