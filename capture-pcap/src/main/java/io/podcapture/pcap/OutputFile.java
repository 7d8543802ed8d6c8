package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A file that gets its name when it is whole: until then it is a sibling, which is gone unless committed. */
final class OutputFile implements OutputPlace {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final boolean synced;
    private long octets;
    private boolean kept;

    private OutputFile(Path target, Path part, FileChannel channel, boolean synced) {
        this.target = target;
        this.part = part;
        this.channel = channel;
        this.synced = synced;
    }

    static OutputFile create(Path target, List<Path> inputs, boolean synced) throws IOException {
        refuse(target, inputs);
        Path part = part(target);
        PrivateFile.make(part, target);
        try {
            return new OutputFile(target, part, FileChannel.open(part, StandardOpenOption.WRITE), synced);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new IOException("cannot create capture file " + target + ": " + e, e);
        }
    }

    /** Throws if writing {@code target} would destroy an input or something that is no file. */
    private static void refuse(Path target, List<Path> inputs) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isRegularFile(target)) {
            throw new IOException("cannot write capture file " + target + ": it exists and is not a regular file");
        }
        for (Path input : inputs) {
            // By what the names lead to: a hard link is the same file as well.
            if (Files.exists(input) && Files.isSameFile(target, input)) {
                throw new IllegalArgumentException(
                        "cannot write to " + target + ": " + input + " is an input; choose another name");
            }
        }
    }

    @Override
    public void write(ByteBuffer from, long whole) throws IOException {
        octets += from.remaining();
        try {
            OutputChannel.writeAll(channel, from);
        } catch (IOException e) {
            keep(whole, e);
        }
    }

    private void keep(long whole, IOException cause) throws IOException {
        String why = "cannot write capture file " + target + ": " + cause.getMessage();
        if (whole == 0) {
            throw new CaptureOutputException(why, cause, 0, null);
        }
        channel.truncate(whole);
        kept = true;
        throw new CaptureOutputException(why + "; its first " + whole + " octets are in " + part, cause, whole, part);
    }

    @Override
    public boolean corrects() {
        return true;
    }

    @Override
    public void complete(Map<Long, Long> fields) throws IOException {
        boolean interrupted = false;
        try {
            while (!correct(fields)) {
                interrupted |= Thread.interrupted();
            }
            channel.close();
        } catch (IOException e) {
            throw keptWhole(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void commit() throws IOException {
        kept = true;
        try {
            rename();
        } catch (IOException e) {
            throw keptWhole(e);
        }
        if (synced) {
            forceName();
        }
    }

    private CaptureOutputException keptWhole(IOException cause) {
        kept = true;
        String why =
                "cannot complete capture file " + target + ": " + cause + "; its " + octets + " octets are in " + part;
        return new CaptureOutputException(why, cause, octets, part);
    }

    /** Not every platform can open a directory; there the name is as safe as the system makes it. */
    private void forceName() {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException ignored) {
            // The file is complete and has its name.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False if an interrupt closed the channel, as it does with every file channel: then it is to be called again. */
    private boolean correct(Map<Long, Long> fields) throws IOException {
        // A channel of its own, for here an interrupt may come.
        try (FileChannel corrected = FileChannel.open(part, StandardOpenOption.WRITE)) {
            for (Map.Entry<Long, Long> field : fields.entrySet()) {
                ByteBuffer value = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
                corrected.write(value.putInt(0, field.getValue().intValue()), field.getKey());
            }
            if (synced) {
                corrected.force(true);
            }
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!kept) {
            Files.deleteIfExists(part);
        }
    }

    private void rename() throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    // A name of its own each time: two that write the same target at once do not write into each other. It need not be
    // hard to guess, for the file is made only where there is none; what is costs a short run a fifth of its time.
    private static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    }
}
