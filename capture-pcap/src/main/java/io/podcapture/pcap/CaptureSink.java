package io.podcapture.pcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a whole-file operation writes to. Several may be written in one pass; all get the same octets.
 *
 * <p>Immutable. A channel or stream is written by a thread of the operation's own, one buffer after the other, is flushed
 * at the end, and left open.
 *
 * @since 0.1
 */
public final class CaptureSink {
    private final Opening opening;

    /** Equal if two sinks would be written over or into each other, as far as names tell. */
    final Object place;

    private CaptureSink(Object place, Opening opening) {
        this.place = place;
        this.opening = opening;
    }

    private static CaptureSink file(Path file, boolean synced) {
        return new CaptureSink(file.toAbsolutePath().normalize(), new ToFile(file, synced));
    }

    /**
     * {@return a file} It is written as a sibling with {@code .part} at the end of its name, and then renamed, so that it is
     * there whole or not at all, unless the machine itself fails; an older file of that name is replaced. Its owner alone may read
     * and write it where the file system can tell. If it cannot be written to its end, what is whole of the sibling is
     * kept: see {@link CaptureOutputException#prefix()}.
     *
     * @param file none of the inputs
     */
    public static CaptureSink file(Path file) {
        return file(file, false);
    }

    /**
     * {@return a file as {@link #file}, forced to the disk before it gets its name, and its directory after it where the
     * platform can} It is whole even after the machine failed. To be used where the inputs are deleted afterwards; it may
     * take longer than all else.
     *
     * @param file none of the inputs
     */
    public static CaptureSink syncedFile(Path file) {
        return file(file, true);
    }

    /**
     * {@return a channel, from its position on} One of a file is cut to its whole packets if writing fails; any other may
     * then end within one.
     *
     * @param channel in blocking mode
     */
    public static CaptureSink channel(WritableByteChannel channel) {
        return new CaptureSink(channel, inputs -> new OutputChannel(channel));
    }

    /**
     * {@return a stream} If writing fails, it may end within a packet.
     *
     * @param out to write to
     */
    public static CaptureSink stream(OutputStream out) {
        return new CaptureSink(out, inputs -> new OutputStreamPlace(out));
    }

    OutputPlace open(List<Path> inputs) throws IOException {
        return opening.open(inputs);
    }

    private interface Opening {
        OutputPlace open(List<Path> inputs) throws IOException;
    }

    private record ToFile(Path file, boolean synced) implements Opening {
        @Override
        public OutputPlace open(List<Path> inputs) throws IOException {
            return OutputFile.create(file, inputs, synced);
        }
    }
}
