package io.podcapture.spi;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the octets of one capture, a pcap stream with its file header, just as the tool wrote them.
 *
 * <p>One thread at a time. A write blocks while the file cannot take more; the method then reads no further, and so the
 * kernel buffer at the other end fills: what is lost there is counted there.
 *
 * @since 0.1
 */
public abstract class PacketSink extends OutputStream {
    /** For the session, and for tests. */
    protected PacketSink() {}

    /**
     * Writes octets of the stream.
     *
     * @throws IOException if the file cannot be written, or the stream is no pcap stream; the method ends the capture then
     */
    @Override
    public abstract void write(byte[] octets, int offset, int length) throws IOException;

    /**
     * Tells whether what was written so far ends within a packet or a header. What marks the end of a stream can then not
     * begin yet, so nobody need hold an octet back that might be its first, and others wait for as the packet's last.
     *
     * @return {@code false} if not, or if this sink does not know
     */
    public boolean isWithinPacket() {
        return false;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }
}
