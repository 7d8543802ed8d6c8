package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/** A stream of which a test says when what arrives. A read blocks until then. */
final class Feed extends InputStream {
    private static final byte[] END = {};
    private static final byte[] BREAK = {};

    private final LinkedBlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();

    void give(byte[] octets) {
        chunks.add(octets.clone());
    }

    void give(String text) {
        give(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void end() {
        chunks.add(END);
    }

    void breakOff() {
        chunks.add(BREAK);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            byte[] chunk = chunks.take();
            if (chunk == END || chunk == BREAK) {
                chunks.add(chunk);
                if (chunk == BREAK) {
                    throw new IOException("connection reset");
                }
                return -1;
            }
            System.arraycopy(chunk, 0, buffer, offset, chunk.length);
            return chunk.length;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("single octets are not read");
    }
}
