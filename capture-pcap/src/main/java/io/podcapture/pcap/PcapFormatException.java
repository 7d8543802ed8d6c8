package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The octets of a capture file are not what its format demands, or end too early.
 *
 * @since 0.1
 */
public final class PcapFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** As {@link #offset()}. */
    private final long offset;

    /** As {@link #block()}. */
    private final String block;

    /** As {@link #required()}. */
    private final long required;

    /** As {@link #available()}. */
    private final long available;

    /** As {@link #truncated()}. */
    private final boolean truncated;

    private PcapFormatException(
            String message, long offset, String block, long required, long available, boolean truncated) {
        super(message);
        this.offset = offset;
        this.block = block;
        this.required = required;
        this.available = available;
        this.truncated = truncated;
    }

    static PcapFormatException truncated(String format, String block, long offset, long required, long available) {
        String message = "truncated " + format + ": " + block + " at byte " + offset + ": at least " + required
                + " octets required, " + available + " before the end of the file";
        return new PcapFormatException(message, offset, block, required, available, true);
    }

    static PcapFormatException bad(
            String format, String block, long offset, String seen, long required, long available) {
        String message = "bad " + format + ": " + block + " at byte " + offset + ": " + seen;
        return new PcapFormatException(message, offset, block, required, available, false);
    }

    static PcapFormatException unsupported(String what) {
        return new PcapFormatException("unsupported capture file: " + what, 0, "file header", 0, 0, false);
    }

    PcapFormatException in(Path file) {
        PcapFormatException named =
                new PcapFormatException(file + ": " + getMessage(), offset, block, required, available, truncated);
        named.initCause(this);
        return named;
    }

    /**
     * {@return octets from the start of the file to the start of the block or record that is at fault} In a gzip file they
     * are counted in what it holds, unless its own {@code member} is at fault.
     */
    public long offset() {
        return offset;
    }

    /** {@return what is at fault, for example {@code Enhanced Packet Block} {@code packet record} or, of a gzip file, {@code member}} */
    public String block() {
        return block;
    }

    /** {@return how many octets the format or a length field demands; 0 where no length is at fault} */
    public long required() {
        return required;
    }

    /** {@return how many octets there are or are allowed; 0 where no length is at fault} */
    public long available() {
        return available;
    }

    /** {@return whether the file merely ends within this block or record, so that all before it is whole} */
    public boolean truncated() {
        return truncated;
    }
}
