package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network namespace of this machine, by the file through which it can be entered.
 *
 * @param file of the namespace
 * @param words what it is called, {@code process 42} for instance
 */
record NetworkNamespace(Path file, String words) {
    private static final Path OURS = Path.of("/proc/self/ns/net");
    private static final Path NAMED = Path.of("/var/run/netns");

    /** Tells whether the target names one. */
    static boolean isNamedBy(Target target) {
        return target.kind().equals("netns") && target.name().isPresent()
                || target.kind().equals("process")
                        && target.name()
                                .filter(name -> name.matches("[1-9][0-9]{0,8}"))
                                .isPresent();
    }

    /** Returns the one that the target names, whether it is there or not. */
    static NetworkNamespace of(Target target) {
        String name = target.name().orElseThrow();
        if (target.kind().equals("process")) {
            return new NetworkNamespace(Path.of("/proc", name, "ns", "net"), "process " + name);
        }
        // A path with a slash leaves the directory of the names, as it does for ip-netns and nsenter.
        Path file = name.indexOf('/') >= 0 ? Path.of(name).toAbsolutePath() : NAMED.resolve(name);
        return new NetworkNamespace(file, "network namespace " + name);
    }

    /**
     * Returns where it is captured.
     *
     * @throws CaptureException if it does not exist
     */
    CapturePoint point() {
        // Without the right to look at it, only its name tells it from others.
        String id = inode().map(inode -> "netns/" + inode).orElse("netns" + file);
        return CapturePoint.builder(id, words)
                .attribute("netns", file.toString())
                .build();
    }

    /** Tells whether this JVM is in it, so that nothing needs to be entered. */
    boolean isOurs() {
        try {
            return inode().equals(Optional.of(inode(OURS)));
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Object> inode() {
        requireNamespaces();
        try {
            return Optional.of(inode(file));
        } catch (NoSuchFileException e) {
            throw missing(e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void requireNamespaces() {
        if (!Files.exists(OURS)) {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED,
                    words + ": this machine has no network namespaces, Linux has them; the method docker captures"
                            + " containers from any machine");
        }
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    private CaptureException missing(NoSuchFileException e) {
        return new CaptureException(
                FailureReason.TARGET_NOT_FOUND,
                words + " does not exist on this machine: there is no " + file + "; "
                        + (file.startsWith(NAMED) ? "ip netns lists the names there are" : "it may have ended"),
                e);
    }
}
