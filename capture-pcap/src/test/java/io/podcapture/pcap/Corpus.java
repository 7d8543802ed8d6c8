package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Capture files and filters that nobody here wrote, beside the checkout, if they are there. */
public final class Corpus {
    public static final Path DIRECTORY = Path.of("../../shared/corpus");

    private static final long SMALL = 1 << 20;

    private Corpus() {}

    static boolean isHere() {
        return Files.isDirectory(DIRECTORY);
    }

    /** All of them for each turn in CI and in the soak; else each file in exactly one of the turns. */
    static <T> List<Path> smallFiles(T turn, List<T> turns) throws IOException {
        List<Path> all = smallFiles();
        if (TestShare.isLarge()) {
            return all;
        }
        return IntStream.range(0, all.size())
                .filter(i -> turns.get(i % turns.size()).equals(turn))
                .mapToObj(all::get)
                .toList();
    }

    private static List<Path> smallFiles() throws IOException {
        try (Stream<Path> all = Files.walk(DIRECTORY)) {
            return all.filter(file ->
                            file.toString().endsWith(".pcap") || file.toString().endsWith(".pcapng"))
                    .filter(file -> file.toFile().length() < SMALL)
                    .sorted()
                    .toList();
        }
    }
}
