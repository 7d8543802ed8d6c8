package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses pipes and devices where a file is read more than once: what one reader takes of them no other gets. */
final class ReadAgain {
    private ReadAgain() {}

    /** Does nothing about a file that is not there: who opens it says so. */
    static void check(Path file, String why) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(
                    file + " is no regular file and cannot be read more than once, as it must, for " + why);
        }
    }
}
