package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Decompresses on the reader's own thread: slower than {@link GzipSource}, but of these there may be thousands, for none
 * holds a thread, nor a descriptor while it is not read.
 */
final class GzipInTurn implements OctetSource {
    private final OctetSource compressed;
    private final GzipDecoder decoder;
    private final byte[] octets;
    private int position;
    private int end;

    GzipInTurn(OctetSource compressed, int bufferOctets) {
        this.compressed = compressed;
        decoder = new GzipDecoder(compressed, bufferOctets / 2);
        octets = new byte[bufferOctets / 2];
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, decoder.read(octets));
            if (end == 0) {
                return -1;
            }
        }
        int count = Math.min(into.remaining(), end - position);
        into.put(into.position(), octets, position, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        decoder.close();
        compressed.close();
    }
}
