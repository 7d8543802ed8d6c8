package io.podcapture.pcap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names the files of a split, and keeps what was written to each. */
final class SplitFiles {
    private static final int MOST_NAME = 64;

    private final String base;
    private final Path directory;
    private final List<SplitReport.File> written = new ArrayList<>();

    SplitFiles(Path input, Path directory) {
        Path name = input.getFileName();
        base = (name == null ? "capture" : name.toString())
                .replaceFirst("(?i)\\.gz$", "")
                .replaceFirst("(?i)\\.(pcapng|pcap|cap)$", "");
        this.directory = directory;
    }

    Path next(OutputFormat format) {
        return path(String.format(Locale.ROOT, "%05d", written.size() + 1), format);
    }

    Path of(int interfaceIndex, InterfaceDescription description, OutputFormat format) {
        // A name comes from a file that somebody else made: it must not lead out of the directory.
        String name = description.name().orElse("").replaceAll("[^A-Za-z0-9._-]+", "-");
        String suffix = name.isEmpty() ? "" : "-" + name.substring(0, Math.min(MOST_NAME, name.length()));
        return path(interfaceIndex + suffix, format);
    }

    void add(SplitReport.File file) {
        written.add(file);
    }

    List<SplitReport.File> written() {
        return written;
    }

    private Path path(String suffix, OutputFormat format) {
        return directory.resolve(base + "-" + suffix + (format == OutputFormat.PCAP ? ".pcap" : ".pcapng"));
    }
}
