package io.podcapture.fabric8;

import io.podcapture.spi.PacketSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Keeps what is written, up to so many octets; then it is full. */
final class MemorySink extends PacketSink {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int room;
    private volatile boolean withinPacket;

    MemorySink(int room) {
        this.room = room;
    }

    MemorySink() {
        this(Integer.MAX_VALUE);
    }

    void withinPacket(boolean yes) {
        withinPacket = yes;
    }

    synchronized byte[] octets() {
        return kept.toByteArray();
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) throws IOException {
        if (length > room - kept.size()) {
            throw new IOException("no space left");
        }
        kept.write(octets, offset, length);
    }

    @Override
    public boolean isWithinPacket() {
        return withinPacket;
    }
}
