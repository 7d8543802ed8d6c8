package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** One place that an output is written to; closed without {@link #commit}, it is given up. */
interface OutputPlace extends Closeable, FirstFailure.Committed {
    /**
     * Writes all of the buffer.
     *
     * @param whole up to which octet of the output there are whole records and blocks before this buffer
     * @throws CaptureOutputException if that fails; what can be cut is cut to what is whole
     */
    void write(ByteBuffer from, long whole) throws IOException;

    /** Whether {@link #complete} overwrites fields. */
    boolean corrects();

    /** All was written. Overwrites little-endian 32-bit fields by their offset, where the place can. */
    void complete(Map<Long, Long> fields) throws IOException;

    /** Gives what is complete its name; called once all places of the output are. */
    @Override
    void commit() throws IOException;

    @Override
    void close() throws IOException;
}
