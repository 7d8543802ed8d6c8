package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a tcpdump was started, as the stand-in tells it; see tcpdump.sh.
 *
 * @param umask what is taken from the permissions of files that it makes
 * @param directory where it runs
 * @param denied whether its container may not open raw sockets
 * @param name what it was called by
 * @param arguments without its name
 */
record TcpdumpStart(int umask, Path directory, boolean denied, String name, List<String> arguments) {
    private static final int FILE_MODE = 0666;

    static TcpdumpStart read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<String> words = List.of(text.split("\0", -1));
        return new TcpdumpStart(
                Integer.parseInt(words.get(0), 8),
                Path.of(words.get(1)),
                !words.get(2).isEmpty(),
                words.get(3),
                words.subList(4, words.size() - 1));
    }

    /** Opens a file as the process itself would: empty, and with the permissions that its umask leaves to a new one. */
    OutputStream create(String file) throws IOException {
        Path path = directory.resolve(file);
        Set<PosixFilePermission> permissions = permissions();
        try {
            OutputStream made = Channels.newOutputStream(Files.newByteChannel(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(permissions)));
            // The umask of this process has taken from them too.
            Files.setPosixFilePermissions(path, permissions);
            return made;
        } catch (FileAlreadyExistsException there) {
            return Files.newOutputStream(path);
        }
    }

    private Set<PosixFilePermission> permissions() {
        int mode = FILE_MODE & ~umask;
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        // In the order of their bits, the highest first.
        for (PosixFilePermission each : PosixFilePermission.values()) {
            if ((mode & 1 << 8 - each.ordinal()) != 0) {
                permissions.add(each);
            }
        }
        return permissions;
    }
}
