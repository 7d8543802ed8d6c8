package io.podcapture;

import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PacketView;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the packets of a finished session or of a snapshot in order of time, each with the point it was taken from. Not
 * thread-safe.
 *
 * @since 0.1
 */
public final class CapturedPackets implements Closeable {
    private final PacketCursor cursor;
    private final List<Source> sources;

    /** What an interface of the file stands for. */
    record Source(CapturePoint point, String interfaceName) {}

    CapturedPackets(Path file, List<Source> sources) throws IOException {
        this.cursor = PacketCursor.open(file);
        this.sources = sources;
    }

    /**
     * Goes to the next packet.
     *
     * @return false after the last one
     * @throws IOException if the file cannot be read
     */
    public boolean next() throws IOException {
        return cursor.next();
    }

    /** Returns the packet; its data is valid until {@link #next} is called again. */
    public PacketView packet() {
        return cursor;
    }

    /** Returns whose packet it is. */
    public CapturePoint point() {
        return sources.get(cursor.interfaceIndex()).point();
    }

    /** Returns the interface that was captured; {@code any} where all were. */
    public String interfaceName() {
        return sources.get(cursor.interfaceIndex()).interfaceName();
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
