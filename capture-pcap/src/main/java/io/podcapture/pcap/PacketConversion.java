package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies a file into another format.
 *
 * <p>What the format cannot hold is counted where it is left out, as blocks without packet are by pcap; where packets
 * would be wrong, as those of a second link type, it fails.
 *
 * <p>Nothing is allocated per packet. For one thread, and for one {@code writeTo}, which blocks and which an interrupt
 * does not disturb; another thread does the writing, and one more reads along in files of 8 MiB or more.
 *
 * @since 0.1
 */
public final class PacketConversion {
    private final CopyJob job;

    PacketConversion(Path input, OutputFormat format) {
        job = new CopyJob(input);
        job.format(format);
    }

    /**
     * Says what to do at damage; without, it is {@link DamagePolicy#RESYNC}.
     *
     * @param policy while reading
     * @return this
     */
    public PacketConversion onDamage(DamagePolicy policy) {
        job.onDamage(policy);
        return this;
    }

    /**
     * Writes a file: see {@link CaptureSink#file}.
     *
     * @param output not the input
     * @return what was read and written
     * @throws PcapFormatException if the input is no capture file or ends within its header; with
     *     {@link DamagePolicy#HALT} also if it is damaged or cut
     * @throws CaptureOutputException if the output cannot be written, or its format cannot hold what the input has
     * @throws IOException if the input cannot be read or the output not be created; the message names the file
     * @throws IllegalArgumentException if the output is the input
     * @throws IllegalStateException if this was already written
     */
    public CopyReport writeTo(Path output) throws IOException {
        return writeTo(CaptureSink.file(output));
    }

    /**
     * Writes to several places in one pass.
     *
     * @param outputs one or more
     * @return as {@link #writeTo(Path)}
     * @throws IOException as {@link #writeTo(Path)}
     * @throws IllegalArgumentException if there is none, a file, channel or stream is given twice, or one is the input
     */
    public CopyReport writeTo(CaptureSink... outputs) throws IOException {
        return job.copyAll(List.of(outputs));
    }
}
