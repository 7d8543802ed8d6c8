package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Where the octets of a file come from, in order. */
interface OctetSource extends Closeable {
    /**
     * Reads into the buffer's remaining room, and moves its position or not.
     *
     * @param into backed by an array
     * @return how many octets; negative at the end
     * @throws PcapFormatException if the rest cannot be decompressed
     */
    int read(ByteBuffer into) throws IOException;

    /** As {@link #read}, but never gives 0, which would make its callers spin. */
    default int readSome(ByteBuffer into) throws IOException {
        int count = read(into);
        if (count == 0) {
            throw new IOException("cannot read capture file: the source gave no octet; is it in non-blocking mode?");
        }
        return count;
    }

    /**
     * Has each read that waits or is yet to come fail, where that can be. For another thread than the one that reads,
     * which closes.
     */
    default void end() throws IOException {
        close();
    }

    record Stream(InputStream in) implements OctetSource {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    record Channel(ReadableByteChannel channel) implements OctetSource {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Gives first what was already read of the rest. */
    record Prefixed(ByteBuffer prefix, OctetSource rest) implements OctetSource {
        @Override
        public int read(ByteBuffer into) throws IOException {
            if (!prefix.hasRemaining()) {
                return rest.read(into);
            }
            int count = Math.min(prefix.remaining(), into.remaining());
            into.put(into.position(), prefix, prefix.position(), count);
            prefix.position(prefix.position() + count);
            return count;
        }

        @Override
        public void close() throws IOException {
            rest.close();
        }

        @Override
        public void end() throws IOException {
            rest.end();
        }
    }
}
