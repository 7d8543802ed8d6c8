package io.podcapture.pcap;

import java.nio.file.Path;

/**
 * Operations on whole capture files. Each is a builder that ends with {@code writeTo}.
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
}
