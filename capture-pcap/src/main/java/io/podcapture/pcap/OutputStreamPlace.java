package io.podcapture.pcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/** A stream of the user's. */
final class OutputStreamPlace implements OutputPlace {
    private final OutputStream out;
    private final byte[] octets = new byte[64 << 10];

    OutputStreamPlace(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(ByteBuffer from, long whole) throws IOException {
        try {
            while (from.hasRemaining()) {
                int count = Math.min(from.remaining(), octets.length);
                from.get(octets, 0, count);
                out.write(octets, 0, count);
            }
        } catch (IOException e) {
            throw new CaptureOutputException("cannot write to the stream: " + e.getMessage(), e, whole, null);
        }
    }

    @Override
    public boolean corrects() {
        return false;
    }

    @Override
    public void complete(Map<Long, Long> fields) throws IOException {
        out.flush();
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
}
