package io.podcapture.fabric8;

import io.podcapture.spi.PacketSink;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Makes one stream of several capture files of the same tool: the header of the first stands for all. */
final class PacketStream {
    private static final int HEADER = 24;

    private final PacketSink sink;
    private boolean begun;
    private volatile long octets;

    /** The sink takes no more; not the fault of who sends. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        Full(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    PacketStream(PacketSink sink) {
        this.sink = sink;
    }

    /**
     * Passes a file on.
     *
     * @param length its octets, the header included
     * @throws EOFException if there are fewer
     */
    void file(InputStream in, long length) throws IOException {
        long left = length;
        if (begun) {
            left -= in.readNBytes((int) Math.min(HEADER, left)).length;
        }
        begun = true;
        byte[] buffer = new byte[65536];
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("the stream ended " + left + " octets before the end of a file");
            }
            left -= n;
            pass(buffer, n);
        }
        // A disk that was full for a while may have cut a file off; the next one must not fill its last packet up.
        if (sink.isWithinPacket()) {
            throw new EOFException("a file ends in the middle of a packet");
        }
    }

    /** Returns how many octets were passed on. */
    long octets() {
        return octets;
    }

    private void pass(byte[] buffer, int length) throws Full {
        try {
            sink.write(buffer, 0, length);
            octets += length;
        } catch (IOException e) {
            throw new Full(e);
        }
    }
}
