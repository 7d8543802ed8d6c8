package io.podcapture.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where this machine looks for commands: the directories of the variable PATH. */
final class SearchPath {
    private SearchPath() {}

    /**
     * Returns the file of a command.
     *
     * @param command a name, or a path, which is not searched for
     */
    static Optional<Path> find(String command) {
        if (command.indexOf('/') >= 0) {
            return Optional.of(Path.of(command)).filter(SearchPath::canRun);
        }
        String directories = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(directories.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, command))
                .filter(SearchPath::canRun)
                .findFirst();
    }

    private static boolean canRun(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
