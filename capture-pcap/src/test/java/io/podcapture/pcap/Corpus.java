package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Capture files and filters that nobody here wrote, beside the checkout, if they are there. */
public final class Corpus {
    public static final Path DIRECTORY = Path.of("../../shared/corpus");

    private static final long SMALL = 1 << 20;

    private Corpus() {}

    static boolean isHere() {
        return Files.isDirectory(DIRECTORY);
    }

    static List<Path> smallFiles() throws IOException {
        try (Stream<Path> all = Files.walk(DIRECTORY)) {
            return all.filter(file ->
                            file.toString().endsWith(".pcap") || file.toString().endsWith(".pcapng"))
                    .filter(file -> file.toFile().length() < SMALL)
                    .sorted()
                    .toList();
        }
    }
}
