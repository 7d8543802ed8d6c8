package io.podcapture.spi;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where commands of this machine are looked for, for methods that start some. Immutable.
 *
 * @param directories in the order in which they are searched
 * @since 0.1
 */
public record SearchPath(List<Path> directories) {
    /** Copies the directories. */
    public SearchPath {
        directories = List.copyOf(directories);
    }

    /** Returns that of this JVM: the directories of the variable PATH. */
    public static SearchPath ofThisJvm() {
        return of(System.getenv().getOrDefault("PATH", ""));
    }

    /**
     * Reads one.
     *
     * @param variable directories as the variable PATH has them; empty ones are left out
     */
    public static SearchPath of(String variable) {
        return new SearchPath(Arrays.stream(variable.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .toList());
    }

    /** Returns one with more directories, which are searched last. */
    public SearchPath and(List<Path> more) {
        return new SearchPath(
                Stream.concat(directories.stream(), more.stream()).distinct().toList());
    }

    /**
     * Returns the file of a command that this JVM can run; empty if there is none.
     *
     * @param command a name, or a path, which is not searched for
     */
    public Optional<Path> find(String command) {
        Path named = Path.of(command);
        Stream<Path> files = named.getParent() != null
                ? Stream.of(named)
                : directories.stream().map(directory -> directory.resolve(named));
        return files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
