package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plain file that can be read from any octet on, by one input at a time. */
final class SeekableFile implements Closeable {
    private final FileSource source;
    private final long length;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PacketCursor.BUFFER_OCTETS);

    SeekableFile(Path file) throws IOException {
        source = new FileSource(file, new Descriptors());
        length = Files.size(file);
    }

    /** The file from there on. It takes the buffer of the input before it. */
    CaptureInput from(long offset) {
        source.seek(offset);
        return new CaptureInput(source, buffer.clear()).startingAt(offset);
    }

    long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
