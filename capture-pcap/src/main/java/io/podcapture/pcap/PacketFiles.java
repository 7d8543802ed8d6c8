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

    /**
     * Copies the packets of a window of time.
     *
     * @param file of pcap or pcapng
     * @return the slice, not yet begun
     */
    public static PacketSlice slice(Path file) {
        return new PacketSlice(file);
    }

    /**
     * Copies a file into several.
     *
     * @param file of pcap or pcapng
     * @return the split, not yet begun
     */
    public static PacketSplit split(Path file) {
        return new PacketSplit(file);
    }

    /**
     * Copies what is whole of a damaged or cut file.
     *
     * @param file of pcap or pcapng
     * @return the repair, not yet begun
     */
    public static PacketRepair repair(Path file) {
        return new PacketRepair(file);
    }

    /**
     * Copies a file into another format.
     *
     * @param file of pcap or pcapng
     * @param format to write
     * @return the conversion, not yet begun
     */
    public static PacketConversion convert(Path file, OutputFormat format) {
        return new PacketConversion(file, format);
    }

    /**
     * Copies the packets that a capture filter matches.
     *
     * @param file of pcap or pcapng
     * @param expression in the language of pcap-filter(7); empty matches all
     * @return the selection, not yet begun
     */
    public static PacketSelection filter(Path file, String expression) {
        return new PacketSelection(file, expression);
    }

    /**
     * Copies packets into several files by a capture filter for each, in one pass.
     *
     * @param file of pcap or pcapng
     * @return the routing, without outputs yet
     */
    public static PacketRouting route(Path file) {
        return new PacketRouting(file);
    }
}
