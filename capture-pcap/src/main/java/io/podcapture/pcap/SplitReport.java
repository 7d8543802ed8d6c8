package io.podcapture.pcap;

import java.nio.file.Path;
import java.util.List;

/**
 * What a split read, and wrote to each file.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class SplitReport {
    private final CopyReport copy;
    private final List<File> files;

    SplitReport(CopyReport copy, List<File> files) {
        this.copy = copy;
        this.files = List.copyOf(files);
    }

    /** {@return the counts of all files together} */
    public CopyReport copy() {
        return copy;
    }

    /** {@return one per file, in the order they were written} */
    public List<File> files() {
        return files;
    }

    @Override
    public String toString() {
        return copy + ", in " + files.size() + " files";
    }

    /**
     * One file of a split.
     *
     * @since 0.1
     */
    public static final class File {
        private final Path path;
        private final long packets;
        private final long octets;

        File(Path path, long packets, long octets) {
            this.path = path;
            this.packets = packets;
            this.octets = octets;
        }

        /** {@return where it is} */
        public Path path() {
            return path;
        }

        /** {@return how many packets it has} */
        public long packets() {
            return packets;
        }

        /** {@return captured octets of them, without headers} */
        public long octets() {
            return octets;
        }

        @Override
        public String toString() {
            return path + ": " + packets + " packets";
        }
    }
}
