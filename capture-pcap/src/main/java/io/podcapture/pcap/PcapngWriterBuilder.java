package io.podcapture.pcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the section header of a {@link PcapngWriter} and opens it. For one thread; opened once.
 *
 * <p>Texts of any length are taken; what does not fit an option is cut.
 *
 * @since 0.1
 */
public final class PcapngWriterBuilder {
    private final List<String> comments = new ArrayList<>();
    private final List<RawOption> otherOptions = new ArrayList<>();
    private @Nullable String hardware;
    private @Nullable String os;
    private @Nullable String userApplication;

    PcapngWriterBuilder() {}

    /**
     * Adds a comment on the section. May be called several times.
     *
     * @param text of one comment
     * @return this
     */
    public PcapngWriterBuilder comment(String text) {
        comments.add(text);
        return this;
    }

    /**
     * Sets shb_hardware.
     *
     * @param hardware that the section was made with
     * @return this
     */
    public PcapngWriterBuilder hardware(String hardware) {
        this.hardware = Once.set("hardware", this.hardware, hardware);
        return this;
    }

    /**
     * Sets shb_os.
     *
     * @param os the operating system that the section was made with
     * @return this
     */
    public PcapngWriterBuilder os(String os) {
        this.os = Once.set("os", this.os, os);
        return this;
    }

    /**
     * Sets shb_userappl.
     *
     * @param name and version of the program that makes the section
     * @return this
     */
    public PcapngWriterBuilder userApplication(String name) {
        userApplication = Once.set("user application", userApplication, name);
        return this;
    }

    /**
     * Creates or replaces a file, readable and writable by its owner only where the file system can tell. An interrupt
     * of the writing thread does not disturb it.
     *
     * @param file to write
     * @return a writer that has the section header behind it
     * @throws IOException if the file cannot be created or written
     */
    public PcapngWriter open(Path file) throws IOException {
        return open(PrivateFile.create(file, file));
    }

    /**
     * Writes to a channel from its position on.
     *
     * @param channel in blocking mode; closed with the writer
     * @return a writer that has the section header behind it
     * @throws IOException if the channel fails
     */
    public PcapngWriter open(WritableByteChannel channel) throws IOException {
        return open(new CaptureOutput.ChannelSink(channel));
    }

    /**
     * Writes to a stream.
     *
     * @param out closed with the writer
     * @return a writer that has the section header behind it
     * @throws IOException if the stream fails
     */
    public PcapngWriter open(OutputStream out) throws IOException {
        return open(new CaptureOutput.StreamSink(out));
    }

    private PcapngWriter open(CaptureOutput.Sink sink) throws IOException {
        try {
            return open(new CaptureOutput(sink));
        } catch (Throwable e) {
            try (sink) {
                throw e;
            }
        }
    }

    PcapngWriter open(CaptureOutput out) throws IOException {
        writeSectionHeader(out);
        return new PcapngWriter(out);
    }

    PcapngWriterBuilder other(RawOption option) {
        otherOptions.add(option);
        return this;
    }

    private void writeSectionHeader(CaptureOutput out) throws IOException {
        BlockBuilder block = new BlockBuilder(PcapngCodes.SECTION_HEADER)
                .u32(PcapngCodes.BYTE_ORDER_MAGIC)
                .u16(1)
                .u16(0)
                .u64(-1);
        for (String comment : comments) {
            block.text(PcapngCodes.COMMENT, Optional.of(comment));
        }
        block.text(PcapngCodes.SHB_HARDWARE, Optional.ofNullable(hardware))
                .text(PcapngCodes.SHB_OS, Optional.ofNullable(os))
                .text(PcapngCodes.SHB_USERAPPL, Optional.ofNullable(userApplication));
        for (RawOption other : otherOptions) {
            block.option(other.code(), other.value());
        }
        block.writeTo(out);
    }
}
