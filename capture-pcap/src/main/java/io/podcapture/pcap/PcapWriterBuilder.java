package io.podcapture.pcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Collects the file header of a {@link PcapWriter} and opens it. For one thread; opened once.
 *
 * @since 0.1
 */
public final class PcapWriterBuilder {
    /** libpcap's largest for nearly all link types. */
    private static final long MAX_SNAPLEN = 262_144;

    private final LinkType linkType;
    private @Nullable Long snaplen;
    private @Nullable Boolean nanoseconds;

    PcapWriterBuilder(LinkType linkType) {
        this.linkType = linkType;
    }

    /**
     * Sets the most octets kept per packet. Without, it is 262144.
     *
     * @param octets 1 to 262144, as libpcap has it
     * @return this
     */
    public PcapWriterBuilder snaplen(int octets) {
        if (octets < 1 || octets > MAX_SNAPLEN) {
            throw new IllegalArgumentException("snaplen " + octets + " is not within 1 to " + MAX_SNAPLEN);
        }
        snaplen = Once.set("snaplen", snaplen, (long) octets);
        return this;
    }

    /**
     * Makes timestamps nanoseconds. Without, they are microseconds.
     *
     * @return this
     */
    public PcapWriterBuilder nanoseconds() {
        nanoseconds = true;
        return this;
    }

    /**
     * Creates or replaces a file, readable and writable by its owner only where the file system can tell. An interrupt
     * of the writing thread does not disturb it.
     *
     * @param file to write
     * @return a writer, with the file header in its buffer
     * @throws IOException if the file cannot be created
     */
    public PcapWriter open(Path file) throws IOException {
        return open(PrivateFile.create(file, file));
    }

    /**
     * Writes to a channel from its position on.
     *
     * @param channel in blocking mode; closed with the writer
     * @return a writer, with the file header in its buffer
     * @throws IOException if the channel fails
     */
    public PcapWriter open(WritableByteChannel channel) throws IOException {
        return open(new CaptureOutput.ChannelSink(channel));
    }

    /**
     * Writes to a stream.
     *
     * @param out closed with the writer
     * @return a writer, with the file header in its buffer
     * @throws IOException if the stream fails
     */
    public PcapWriter open(OutputStream out) throws IOException {
        return open(new CaptureOutput.StreamSink(out));
    }

    private PcapWriter open(CaptureOutput.Sink sink) throws IOException {
        long limit = snaplen != null ? snaplen : MAX_SNAPLEN;
        return new PcapWriter(new CaptureOutput(sink), linkType, limit, nanoseconds != null, 0);
    }
}
