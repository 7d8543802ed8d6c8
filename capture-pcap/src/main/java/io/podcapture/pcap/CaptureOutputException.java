package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An output of a whole-file operation could not be written, for example because the disk is full, or its format cannot
 * hold what the inputs have.
 *
 * @since 0.1
 */
public final class CaptureOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    /** As {@link #wholeOctets()}. */
    private final long wholeOctets;

    /** As {@link #prefix()}. */
    private final transient @Nullable Path prefix;

    CaptureOutputException(String message) {
        super(message);
        wholeOctets = 0;
        prefix = null;
    }

    CaptureOutputException(String message, @Nullable Throwable cause, long wholeOctets, @Nullable Path prefix) {
        super(message, cause);
        this.wholeOctets = wholeOctets;
        this.prefix = prefix;
    }

    /** {@return how many octets the output had taken of whole packets and blocks; up to there it is a capture file} */
    public long wholeOctets() {
        return wholeOctets;
    }

    /**
     * {@return the file that has these octets, if the output was a path and took any} Its name is that of the output with
     * {@code .part} at its end. It is a capture file as far as the disk had room, and the caller's to delete.
     */
    public Optional<Path> prefix() {
        return Optional.ofNullable(prefix);
    }
}
