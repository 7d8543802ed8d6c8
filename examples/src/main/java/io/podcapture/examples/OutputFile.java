package io.podcapture.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a finished capture goes.
 *
 * @param path the file that the session writes
 * @param temporary the directory to delete afterwards, where the file only passes through
 */
record OutputFile(Path path, Optional<Path> temporary) {
    /** Reads the value of {@code -w}; a dash means standard output. */
    static OutputFile of(String name) throws IOException {
        if (!name.equals("-")) {
            return new OutputFile(Path.of(name), Optional.empty());
        }
        Path directory = Files.createTempDirectory("podcapture");
        return new OutputFile(directory.resolve("capture.pcapng"), Optional.of(directory));
    }

    boolean isStandardOutput() {
        return temporary.isPresent();
    }

    /** Sends the file to standard output, if that is where it goes. */
    void passOn(OutputStream out) throws IOException {
        if (temporary.isPresent() && Files.exists(path)) {
            Files.copy(path, out);
            out.flush();
        }
    }

    /** Deletes what only passed through. */
    void clear() throws IOException {
        if (temporary.isPresent()) {
            try (var files = Files.list(temporary.get())) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(temporary.get());
        }
    }
}
