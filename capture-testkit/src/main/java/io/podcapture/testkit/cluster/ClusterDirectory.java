package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a cluster has its files. Its name tells the process that it belongs to, so that what is left can be told apart. */
final class ClusterDirectory {
    private ClusterDirectory() {}

    static Path make() throws IOException {
        return Files.createTempDirectory(
                        "simulated-cluster-" + ProcessHandle.current().pid() + "-")
                .toRealPath();
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
