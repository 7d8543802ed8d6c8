package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies what is whole of a damaged or cut file.
 *
 * <p>Damage is passed over as {@link DamagePolicy#RESYNC} does, a packet that is cut at the end is left out, fractions of a
 * second or more are carried into the seconds, and original lengths raised to the captured ones. All else is kept octet
 * for octet, also the order of packets. Files glued together are one; as pcap only if their link types agree.
 *
 * <p>Nothing is allocated per packet. For one thread, and for one {@code writeTo}, which blocks and which an interrupt
 * does not disturb; another thread does the writing, and one more reads along in files of 8 MiB or more.
 *
 * @since 0.1
 */
public final class PacketRepair {
    private final CopyJob job;

    PacketRepair(Path input) {
        job = new CopyJob(input);
    }

    /**
     * Sets what is written; without, it is the input's own format.
     *
     * @param format of the output
     * @return this
     */
    public PacketRepair format(OutputFormat format) {
        job.format(format);
        return this;
    }

    /**
     * Writes a file: see {@link CaptureSink#file}.
     *
     * @param output not the input
     * @return what was read and written
     * @throws PcapFormatException if the input is no capture file, or ends within its header
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
