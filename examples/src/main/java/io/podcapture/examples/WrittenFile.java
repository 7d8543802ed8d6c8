package io.podcapture.examples;

import io.podcapture.pcap.CaptureSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a command that writes one capture file. */
final class WrittenFile {
    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            required = true,
            description = "File to write; - for standard output.")
    private String name = "-";

    static WrittenFile of(String name) {
        WrittenFile file = new WrittenFile();
        file.name = name;
        return file;
    }

    boolean isStandardOutput() {
        return name.equals("-");
    }

    Path path() {
        return Path.of(name);
    }

    /** The path, or standard output, which is written as octets and by no print stream. */
    CaptureSink sink() {
        return isStandardOutput()
                ? CaptureSink.stream(new FileOutputStream(FileDescriptor.out))
                : CaptureSink.file(path());
    }

    /** Says in one line what was written where. */
    static String line(long packets, String to, Optional<String> more) {
        return packets + " packets in " + to + (more.isPresent() ? "; " + more.get() : "");
    }
}
