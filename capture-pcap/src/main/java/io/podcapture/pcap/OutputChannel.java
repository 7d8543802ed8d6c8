package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/** A channel of the user's. */
final class OutputChannel implements OutputPlace {
    private final WritableByteChannel channel;
    private long start = -1;

    OutputChannel(WritableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(ByteBuffer from, long whole) throws IOException {
        try {
            if (start < 0) {
                start = channel instanceof SeekableByteChannel seekable ? seekable.position() : 0;
            }
            writeAll(channel, from);
        } catch (IOException e) {
            CaptureOutputException failure =
                    new CaptureOutputException("cannot write to the channel: " + e.getMessage(), e, whole, null);
            cut(whole, failure);
            throw failure;
        }
    }

    /** A channel that takes nothing would be asked for ever. */
    static void writeAll(WritableByteChannel channel, ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                throw new IOException("the channel took no octet; is it in non-blocking mode?");
            }
        }
    }

    private void cut(long whole, CaptureOutputException failure) {
        if (channel instanceof SeekableByteChannel seekable && start >= 0) {
            try {
                seekable.truncate(start + whole);
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public boolean corrects() {
        return false;
    }

    @Override
    public void complete(Map<Long, Long> fields) {}

    @Override
    public void commit() {}

    @Override
    public void close() {}
}
