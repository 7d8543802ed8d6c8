package io.podcapture.spi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Keeps what it is given, up to a limit after which the disk is full. */
final class MemorySink extends PacketSink {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private volatile int limit = Integer.MAX_VALUE;
    private volatile Runnable beforeWrite = () -> {};

    void limit(int octets) {
        limit = octets;
    }

    void beforeWrite(Runnable action) {
        beforeWrite = action;
    }

    byte[] octets() {
        return kept.toByteArray();
    }

    void awaitOctets(int count) {
        Awaitility.await("octets in the sink").atMost(20, TimeUnit.SECONDS).until(() -> kept.size() >= count);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        beforeWrite.run();
        if (kept.size() + length > limit) {
            throw new IOException("No space left on device");
        }
        kept.write(octets, offset, length);
    }
}
