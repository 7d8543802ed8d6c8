package io.podcapture.pcap;

import java.nio.file.Path;

/**
 * Operations on whole capture files. Each is a builder that ends with {@code writeTo}, or
 * {@code read} where nothing is written.
 *
 * @since 0.1
 */
public final class PacketFiles {
    private PacketFiles() {}

    /**
     * Joins files into one in time order.
     *
     * @param inputs pcap or pcapng; more can be added with options of their own
     * @return the merge, not yet begun
     */
    public static PacketMerge merge(Path... inputs) {
        PacketMerge merge = new PacketMerge();
        for (Path input : inputs) {
            merge.input(input);
        }
        return merge;
    }

    /**
     * Counts what a file holds.
     *
     * @param file of pcap or pcapng
     * @return the count, not yet begun
     */
    public static PacketStatistics statistics(Path file) {
        return new PacketStatistics(file);
    }
}
