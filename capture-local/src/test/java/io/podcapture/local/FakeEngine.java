package io.podcapture.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stand-in for the docker command: notes its arguments, knows one container, {@code web}, and runs what is to run in a helper
 * in the network namespace of a process.
 */
final class FakeEngine {
    static final String ID = "4f1c0b7e5d2a".repeat(5) + "beef";

    private static final String SCRIPT = """
            #!/bin/sh
            dir=@dir@
            printf '%s\\n' "$@" === >>"$dir/argv"
            if [ -e "$dir/$1.says" ]; then
              cat "$dir/$1.says" >&2
              exit "$(cat "$dir/$1.status")"
            fi
            case $1 in
              inspect)
                for last; do :; done
                [ "$last" = web ] || { echo "Error: No such container: $last" >&2; exit 1; }
                cat "$dir/inspect.prints" ;;
              wait)
                while [ ! -e "$dir/ended" ]; do sleep 0.05; done
                cat "$dir/ended" ;;
              pull) rm "$dir/imageless" ;;
              run)
                [ ! -e "$dir/imageless" ] || { echo "docker: Error response from daemon: No such image: x" >&2; exit 125; }
                while [ "$1" != --entrypoint ]; do
                  [ "$1" != --network ] || network=$2
                  shift
                done
                [ "$network" = container:@id@ ] || { echo "docker: No such container: $network" >&2; exit 125; }
                entry=$2
                shift 3
                exec nsenter --net=/proc/@pid@/ns/net -- "$entry" "$@" ;;
            esac
            """;

    private final Path directory;

    /** Makes one in an empty directory; helpers run in the namespace of a process. */
    FakeEngine(Path directory, long pid) throws IOException {
        this.directory = directory;
        String text =
                SCRIPT.replace("@id@", ID).replace("@pid@", Long.toString(pid)).replace("@dir@", directory.toString());
        Path script = Files.writeString(directory.resolve("docker"), text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        inspectPrints(ID, "/web", "running", "nginx:1", "bridge", "172.17.0.2  ");
    }

    String command() {
        return directory.resolve("docker").toString();
    }

    Engine engine() {
        return new Engine(Optional.of(command()));
    }

    void inspectPrints(String... lines) throws IOException {
        Files.write(directory.resolve("inspect.prints"), List.of(lines));
    }

    /** Ends the container, for whoever waits for it. */
    void end(int status) throws IOException {
        Path told = Files.writeString(directory.resolve("ending"), status + "\n");
        Files.move(told, directory.resolve("ended"));
    }

    /** Takes the image away until it is pulled. */
    void loseImage() throws IOException {
        Files.createFile(directory.resolve("imageless"));
    }

    /** Makes a command of the engine fail. */
    void refuse(String command, int status, String words) throws IOException {
        Files.writeString(directory.resolve(command + ".says"), words + "\n");
        Files.writeString(directory.resolve(command + ".status"), Integer.toString(status));
    }

    /** Returns the arguments of all calls of a command of the engine. */
    List<List<String>> calls(String command) throws IOException {
        return Arrays.stream(Files.readString(directory.resolve("argv")).split("===\n"))
                .map(call -> call.lines().toList())
                .filter(call -> call.get(0).equals(command))
                .toList();
    }
}
