package io.podcapture.pcap;

import java.io.Closeable;
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
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** A file that gets its name when it is whole: until then it is a sibling, which is gone unless committed. */
final class WholeFile implements Closeable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path target;
    private final Path part;
    private final PrivateFile sink;

    private WholeFile(Path target, Path part) throws IOException {
        this.target = target;
        this.part = part;
        this.sink = PrivateFile.create(part, target);
    }

    static WholeFile create(Path target) throws IOException {
        return new WholeFile(target, part(target));
    }

    /** Throws if writing {@code target} would destroy an input or something that is no file. */
    static void refuse(Path target, List<Path> inputs) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException("cannot write capture file " + target + ": it exists and is not a regular file");
        }
        for (Path input : inputs) {
            if (Files.exists(target) && Files.exists(input) && Files.isSameFile(target, input)) {
                throw new IllegalArgumentException(
                        "cannot merge into " + target + ": " + input + " is an input; choose another name");
            }
        }
    }

    CaptureOutput.Sink sink() {
        return sink;
    }

    /** The sink is closed. Overwrites the little-endian 32-bit fields at the given offsets, then names the file. */
    void commit(Map<Long, Long> fields) throws IOException {
        boolean interrupted = false;
        try {
            while (!force(fields)) {
                interrupted |= Thread.interrupted();
            }
            rename();
        } catch (IOException e) {
            throw PrivateFile.failed(target, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False if an interrupt closed the channel, as it does with every file channel: then it is to be called again. */
    private boolean force(Map<Long, Long> fields) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            for (Map.Entry<Long, Long> field : fields.entrySet()) {
                ByteBuffer value = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
                channel.write(value.putInt(0, field.getValue().intValue()), field.getKey());
            }
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
        Files.deleteIfExists(part);
    }

    private void rename() throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    // A name of its own each time: two that write the same target at once do not write into each other.
    private static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + "." + Long.toHexString(RANDOM.nextLong()) + ".part");
    }
}
