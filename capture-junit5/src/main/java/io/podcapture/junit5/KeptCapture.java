package io.podcapture.junit5;

import io.podcapture.Outcome;
import io.podcapture.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.JUnitException;

/**
 * The directory of a test whose capture is kept. What an earlier run left there goes first; what another extension kept of the
 * same test in this run does not.
 */
final class KeptCapture {
    private static final String FILE = "capture.pcapng";
    private static final String SUMMARY = "summary.txt";

    private final ExtensionContext context;
    private final TestName name;
    private final Path directory;

    KeptCapture(ExtensionContext context, TestName name, Path captures) throws IOException {
        this.context = context;
        this.name = name;
        this.directory = own(context, name.in(captures));
        FileTree.delete(directory);
        Files.createDirectories(directory);
    }

    private static Path own(ExtensionContext context, Path wanted) {
        Set<?> taken = context.getRoot()
                .getStore(Namespace.create(KeptCapture.class))
                .getOrComputeIfAbsent("taken", key -> ConcurrentHashMap.newKeySet(), Set.class);
        Path own = wanted;
        for (int number = 2; !add(taken, own); number++) {
            own = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return own;
    }

    @SuppressWarnings("unchecked")
    private static boolean add(Set<?> taken, Path path) {
        return ((Set<Object>) taken).add(path);
    }

    Path file() {
        return directory.resolve(FILE);
    }

    /** Says in one line what there is: in a file, on standard output, and next to the failure when something is missing. */
    void tell(Snapshot snapshot, Optional<Throwable> thrown, List<String> others) throws IOException {
        String state = snapshot.outcome() + ", " + snapshot.packetCount() + " packets"
                + (snapshot.explanation().isEmpty() ? "" : ", " + Failures.oneLine(snapshot.explanation()));
        String summary = name
                + thrown.filter(e -> Failures.isFailure(thrown))
                        .map(e -> " failed (" + Failures.inWords(e) + ")")
                        .orElse("")
                + "; capture " + state
                + snapshot.from()
                        .map(from -> "; " + from + " to " + snapshot.to())
                        .orElse("")
                + (others.isEmpty() ? "" : "; also in this window: " + String.join(", ", others));
        Files.writeString(directory.resolve(SUMMARY), summary + System.lineSeparator());
        System.out.println("[podcapture] capture kept: " + shortest(file()) + " (" + name + ": " + state + ")");
        if (snapshot.outcome() != Outcome.COMPLETE) {
            thrown.ifPresent(failure -> failure.addSuppressed(new CaptureNote("the kept capture is " + state)));
        }
        publish(FILE, MediaType.create("application", "vnd.tcpdump.pcap"), file());
        if (snapshot.manifest().isPresent()) {
            publish(
                    "manifest.json",
                    MediaType.APPLICATION_JSON,
                    snapshot.manifest().get());
        }
        publish(SUMMARY, MediaType.TEXT_PLAIN_UTF_8, directory.resolve(SUMMARY));
    }

    private void publish(String as, MediaType type, Path file) {
        try {
            context.publishFile(as, type, target -> linkOrCopy(file, target));
        } catch (JUnitException takesNoFiles) {
            // Not every launcher does; the file is where the line on standard output says.
        }
    }

    // A second name costs no space.
    private static void linkOrCopy(Path file, Path target) throws IOException {
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Files.copy(file, target);
        }
    }

    private static Path shortest(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}
