package io.podcapture.local;

import java.io.IOException;

/**
 * Packets as they come, and what was counted of them. Used by one thread at a time.
 *
 * <p>From the beginning on, every packet that is wanted waits here or is counted as dropped.
 */
interface LivePackets extends AutoCloseable {
    /**
     * Goes to the next packet, without waiting; it is there until the next call.
     *
     * @return whether there was one
     * @throws io.podcapture.CaptureException if there will be no more
     */
    boolean next();

    /** Writes the packet as a record of a pcap file. */
    void write(RecordBuffer records) throws IOException;

    /** Asks what has been counted. */
    PacketCounts counts();

    @Override
    void close();
}
