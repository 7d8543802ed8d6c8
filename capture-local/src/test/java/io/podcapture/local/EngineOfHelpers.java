package io.podcapture.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A stand-in for the docker command that has helper containers, a file each; it refuses to remove one that runs. */
final class EngineOfHelpers {
    private static final String SCRIPT = """
            #!/bin/sh
            cd @dir@ || exit
            if [ -e refusal ]; then
              cat refusal >&2
              exit 1
            fi
            [ ! -e hanging ] || exec sleep 60
            case $1 in
              ps)
                ls containers
                [ ! -e unseen ] || cat unseen ;;
              inspect)
                while [ "$1" != -- ]; do shift; done
                shift
                status=0
                for id; do
                  if [ -e "containers/$id" ]; then
                    printf '%s|/%s\\n' "$id" "$(cat "containers/$id")"
                  else
                    echo "Error: No such container: $id" >&2
                    status=1
                  fi
                done
                exit $status ;;
              rm)
                case " $* " in *" --force "*) exit 9 ;; esac
                for id; do :; done
                [ -e "containers/$id" ] || { echo "Error: No such container: $id" >&2; exit 1; }
                if grep -q '|running|' "containers/$id"; then
                  echo "Error response from daemon: You cannot remove a running container $id. Stop the container" >&2
                  exit 1
                fi
                rm "containers/$id" ;;
            esac
            """;

    private final Path directory;
    private int count;

    EngineOfHelpers(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectory(directory.resolve("containers"));
        Path script = Files.writeString(
                directory.resolve("docker"), SCRIPT.replace("@dir@", "'" + directory.toString() + "'"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    Engine engine() {
        return new Engine(Optional.of(directory.resolve("docker").toString()));
    }

    /** Adds a container; returns its id. */
    String add(String name, String status, String startsBefore) throws IOException {
        String id = String.format("%064x", ++count);
        set(id, name, status, startsBefore);
        return id;
    }

    void set(String id, String name, String status, String startsBefore) throws IOException {
        Files.writeString(directory.resolve("containers").resolve(id), name + "|" + status + "|k3x8|" + startsBefore);
    }

    /** Removes a container as the engine itself does. */
    void forget(String id) throws IOException {
        Files.delete(directory.resolve("containers").resolve(id));
    }

    /** Lists a container that has gone when it is looked at. */
    void listOnly(String id) throws IOException {
        Files.writeString(directory.resolve("unseen"), id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    boolean has(String id) {
        return Files.exists(directory.resolve("containers").resolve(id));
    }

    /** Lets it answer nothing any more. */
    void hang() throws IOException {
        Files.createFile(directory.resolve("hanging"));
    }

    void refuseAll(String words) throws IOException {
        Files.writeString(directory.resolve("refusal"), words + "\n");
    }
}
