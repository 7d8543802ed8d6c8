package io.podcapture.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages that busybox serves by HTTP.
 *
 * @param pages where they lie
 */
record TestServer(Path pages) {
    /** Makes a page; skips the test where there is no busybox. */
    static TestServer make(Path directory) throws IOException {
        assumeTrue(SearchPath.ofThisJvm().find("busybox").isPresent(), "there is busybox on the PATH");
        Path pages = Files.createDirectories(directory.resolve("www"));
        Files.writeString(pages.resolve("index.html"), "served\n");
        return new TestServer(pages);
    }

    void makeBigPage() throws IOException {
        try (RandomAccessFile big = new RandomAccessFile(pages.resolve("big").toFile(), "rw")) {
            big.setLength(LocalStage.BIG);
        }
    }

    /**
     * Starts to serve.
     *
     * @param before what stands before the command
     * @param where a port, or an address with one
     */
    Process start(List<String> before, String where) throws IOException {
        List<String> argv = new ArrayList<>(before);
        argv.addAll(List.of("busybox", "httpd", "-f", "-p", where, "-h", pages.toString()));
        return new ProcessBuilder(argv).inheritIO().start();
    }
}
