package io.podcapture.pcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A new file that only its owner may read: packets tell secrets. Failures name the file the user asked for. */
final class PrivateFile implements CaptureOutput.Sink {
    private final Path named;
    private final OutputStream out;

    private PrivateFile(Path named, OutputStream out) {
        this.named = named;
        this.out = out;
    }

    /** Replaces {@code file}; {@code named} is what a failure is told of. */
    static PrivateFile create(Path file, Path named) throws IOException {
        make(file, named);
        try {
            return new PrivateFile(named, Files.newOutputStream(file));
        } catch (IOException e) {
            throw notCreated(named, e);
        }
    }

    /** Makes an empty file anew; a device or a pipe stays. */
    static void make(Path file, Path named) throws IOException {
        try {
            // A device or a pipe is written to; a file is made anew, so that no old mode or link is taken over.
            if (!Files.exists(file) || Files.isRegularFile(file)) {
                Files.deleteIfExists(file);
                Files.createFile(file, ownerOnly(file));
            }
        } catch (IOException e) {
            throw notCreated(named, e);
        }
    }

    private static IOException notCreated(Path named, IOException e) {
        return new IOException("cannot create capture file " + named + ": " + e, e);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        try {
            out.write(from.array(), from.arrayOffset() + from.position(), from.remaining());
        } catch (IOException e) {
            throw failed(named, e);
        }
        from.position(from.limit());
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(named, e);
        }
    }

    static IOException failed(Path named, IOException e) {
        return new IOException("cannot write capture file " + named + ": " + e.getMessage(), e);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
