package io.podcapture.pcap;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A plain file that can be read from any octet on. Not a file channel, which an interrupt would close. */
final class SeekableSource implements OctetSource {
    private final RandomAccessFile file;

    SeekableSource(Path file) throws IOException {
        this.file = new RandomAccessFile(file.toFile(), "r");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
    }

    /** The file from there on, through a new buffer. This stays what is to be closed. */
    CaptureInput from(long offset, int bufferOctets) throws IOException {
        file.seek(offset);
        return new CaptureInput(this, ByteBuffer.allocate(bufferOctets)).startingAt(offset);
    }

    long length() throws IOException {
        return file.length();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
