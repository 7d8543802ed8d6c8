package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.CaptureException;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To a user without rights the refusals are told with their reason, and no file is left. */
class UnprivilegedIT {
    private static final String NOBODY = "65534";

    @TempDir
    private Path directory;

    private Path out;

    @BeforeEach
    void makeReadable() throws Exception {
        assumeTrue(
                SearchPath.ofThisJvm().find("setpriv").isPresent()
                        && System.getProperty("user.name").equals("root"),
                "a program can be run as another user");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        out = Files.createDirectory(directory.resolve("out"));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void docker_socketOfRoot_isForbidden() throws Exception {
        RealEngine engine = RealEngine.required();
        String container = engine.startTools();
        try {
            assertThat(told("container/" + container))
                    .startsWith("FORBIDDEN: ")
                    .contains(
                            "look at container " + container, "permission denied", "right to use the engine's socket");
        } finally {
            engine.remove(container);
        }
    }

    @Test
    void netns_ofAProcessOfRoot_isForbidden() throws Exception {
        try (TestNamespace namespace = TestNamespace.make()) {
            assertThat(told("process/" + namespace.pid()))
                    .startsWith("FORBIDDEN: ")
                    .contains("process " + namespace.pid() + " cannot be entered", "SYS_ADMIN");
        }
    }

    @Test
    void netns_ofItsOwn_isRefusedByTheKernel() throws Exception {
        assumeTrue(SearchPath.ofThisJvm().find("tcpdump").isPresent(), "there is tcpdump");
        assertThat(told("process/SELF")).startsWith("PROCESS_FAILED: ").contains("tcpdump lacks a right", "NET_RAW");
    }

    private String told(String target) throws Exception {
        List<String> argv = new ArrayList<>(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs"));
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("-cp", classPath(), CaptureOnce.class.getName()));
        argv.addAll(List.of(target, out.toString(), "docker", RealEngine.TOOLS));
        Process program = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(printed).isZero();
        assertThat(out).isEmptyDirectory();
        return printed;
    }

    // The build's own directories may be closed to others.
    private String classPath() throws Exception {
        List<String> copied = new ArrayList<>();
        for (Class<?> type : List.of(
                CaptureException.class, PacketCursor.class, LocalMethods.class, CaptureOnce.class, NullMarked.class)) {
            Path from = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path to = directory.resolve("path-" + copied.size() + (Files.isDirectory(from) ? "" : ".jar"));
            copy(from, to);
            copied.add(to.toString());
        }
        return String.join(":", copied);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                Files.copy(each, each.equals(from) ? to : copy);
            }
        }
    }
}
