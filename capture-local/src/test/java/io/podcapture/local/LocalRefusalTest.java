package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import io.podcapture.CaptureSession;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.spi.SearchPath;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;

/** What users are told whose machine lacks libpcap, or who lack rights; each in a JVM of its own. */
class LocalRefusalTest {
    private static final String NOBODY = "65534";

    @TempDir
    private Path directory;

    @Test
    void start_withoutLibpcap_saysWhatToInstall() throws Exception {
        List<String> argv = java("-Dorg.pcap4j.core.pcapLibName=no-such-library-9");
        argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
        assertThat(run(argv, "lo"))
                .startsWith("TOOL_MISSING cannot capture on ")
                .contains("libpcap cannot be loaded")
                .contains("no-such-library-9")
                .contains("install it: libpcap0.8 on Debian");
    }

    @Test
    void start_withoutRoomForNativeCode_saysWhereToMakeSome() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        List<String> argv = java("-Djna.tmpdir=" + file.resolve("below"));
        argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
        assertThat(run(argv, "lo"))
                .contains("TOOL_MISSING cannot capture on ")
                .contains("JNA, the way to libpcap, cannot be loaded")
                .contains("-Djna.tmpdir")
                .doesNotContain("install it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lo", "any"})
    void start_byUserWithoutRights_saysWhatToGrant(String interfaceName) throws Exception {
        assertThat(asNobody(interfaceName))
                .startsWith("FORBIDDEN cannot capture on ")
                .contains("\"" + interfaceName + "\"")
                .contains("grant the capability NET_RAW");
    }

    @Test
    void start_byUserWithoutRights_doesNotSayThatAnUnknownInterfaceIsThere() throws Exception {
        assertThat(asNobody("nosuch9")).startsWith("FORBIDDEN ").contains("nosuch9");
    }

    private String asNobody(String interfaceName) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another user");
        Assumptions.assumeTrue(SearchPath.ofThisJvm().find("setpriv").isPresent(), "there is no setpriv on the PATH");
        // Neither the classes nor the directory of the test may be read by others.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> argv = new ArrayList<>(
                List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--inh-caps=-all"));
        argv.addAll(java("-Djna.tmpdir=" + directory));
        argv.addAll(List.of("-cp", copiedClasses()));
        return run(argv, interfaceName);
    }

    private static List<String> java(String setting) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                setting));
    }

    private String run(List<String> argv, String interfaceName) throws Exception {
        argv.addAll(List.of(
                CaptureOrSayWhyNot.class.getName(),
                directory.resolve("capture.pcapng").toString(),
                interfaceName));
        Process program = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        return said;
    }

    private String copiedClasses() throws IOException, URISyntaxException {
        List<String> copies = new ArrayList<>();
        for (Class<?> type : List.of(
                CaptureOrSayWhyNot.class,
                LocalMethods.class,
                CaptureSession.class,
                PacketCursor.class,
                JsonGenerator.class,
                Native.class)) {
            Path source = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path copy = directory.resolve(copies.size() + "-" + source.getFileName());
            copies.add(copy.toString());
            copy(source, copy);
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
        try (Stream<Path> copies = Files.walk(target)) {
            for (Path copy : copies.toList()) {
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
