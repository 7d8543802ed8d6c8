package io.podcapture.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a benchmark's files are: in memory and on disk, removed when it ends. */
final class BenchmarkPlaces implements AutoCloseable {
    final Path memory;
    final Path disk;

    /** What those that are compared say. */
    final Path log;

    /** What most of them write. */
    final Path output;

    BenchmarkPlaces() throws IOException {
        memory = Files.createTempDirectory(
                Path.of(System.getProperty("podcapture.bench.memory", "/dev/shm")), "podcapture-bench");
        disk = Files.createTempDirectory(Path.of(System.getProperty("podcapture.bench.disk", ".")), "podcapture-bench");
        log = disk.resolve("log");
        output = memory.resolve("output");
    }

    /** Removes what is in memory, for a tmpfs is no larger than it must be. */
    void clear() throws IOException {
        try (Stream<Path> files = Files.list(memory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Path directory : List.of(memory, disk)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
