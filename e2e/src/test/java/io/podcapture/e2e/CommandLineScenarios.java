package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.PacketCursor;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as people start it: a JVM of its own, its exit status, what it prints. */
abstract class CommandLineScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the pods of pods.yaml. */
    abstract Stage stage();

    /** Lets pod tools ask pod web-sidecar again and again as long as the body runs. */
    abstract void whileRequestsAreMade(Body body) throws Exception;

    /** What happens meanwhile. */
    interface Body {
        void run() throws Exception;
    }

    @Test
    void capture_ofHundredPackets_isCompleteAndExitsZero() throws Exception {
        Path file = directory.resolve("x.pcapng");
        whileRequestsAreMade(() -> {
            Ran ran = run("-m", "exec", "pod/web-sidecar", "--packets", "100", "-w", file.toString());
            assertThat(ran.status()).as(ran.err()).isZero();
            assertThat(ran.err()).contains("COMPLETE", "100 packets", file.toString());
            assertThat(ran.out()).isEmpty();
            assertThat(count(file)).isEqualTo(100);
        });
    }

    @LongWait
    @Test
    void capture_interrupted_stopsPolitelyAndExitsZero() throws Exception {
        Path file = directory.resolve("interrupted.pcapng");
        Process process = start("-m", "exec", "pod/tools", "-f", "udp port 9", "-w", file.toString());
        awaitCapturing();
        stage().sender("tools", "tools").datagrams(0, 50);
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        Ran ran = finish(process);
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("COMPLETE");
        assertThat(count(file)).isEqualTo(50);
    }

    @LongWait
    @Test
    void capture_ofTwoMethodsToStandardOutput_isOneFile() throws Exception {
        Ran ran = run(
                "--image",
                "localhost/tools:1",
                "-m",
                "exec",
                "pod/web-sidecar",
                "-m",
                "ephemeral",
                "pod/scratch",
                "--duration",
                "1s",
                "-w",
                "-");
        assertThat(ran.status()).as(ran.err()).isZero();
        try (PacketCursor cursor = PacketCursor.open(new ByteArrayInputStream(ran.bytes()))) {
            while (cursor.next()) {
                assertThat(cursor.capturedLength()).isPositive();
            }
            assertThat(cursor.interfaces()).hasSize(2);
        }
        assertThat(ran.err()).contains("by exec", "by ephemeral");
    }

    @LongWait
    @Test
    void capture_json_printsTheManifest() throws Exception {
        Ran ran = run(
                "-l",
                "app=tools",
                "--duration",
                "500ms",
                "--json",
                "-w",
                directory.resolve("j.pcapng").toString());
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("{").contains("\"outcome\" : \"COMPLETE\"", "\"selector\" : \"app=tools\"");
    }

    @LongWait
    @Test
    void capture_ofMissingPod_exitsOneAndSaysWhy() throws Exception {
        Ran ran = run("pod/nosuch", "-w", directory.resolve("no.pcapng").toString());
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("TARGET_NOT_FOUND", "nosuch").doesNotContain("\tat ");
        assertThat(directory.resolve("no.pcapng")).doesNotExist();
    }

    private record Ran(int status, byte[] bytes, String err) {
        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Ran run(String... args) throws Exception {
        return finish(start(args));
    }

    private Process start(String... args) throws Exception {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.podcapture.examples.Main",
                "capture",
                "-n",
                stage().namespace()));
        argv.addAll(List.of(args));
        ProcessBuilder process =
                new ProcessBuilder(argv).redirectOutput(file("out")).redirectError(file("err"));
        process.environment().putAll(stage().environment(directory));
        return process.start();
    }

    private Ran finish(Process process) throws Exception {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ran(
                process.exitValue(),
                Files.readAllBytes(file("out").toPath()),
                Files.readString(file("err").toPath()));
    }

    private void awaitCapturing() {
        Awaitility.await("the capture is ready")
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> Files.readString(file("err").toPath()).contains("capturing "));
    }

    private File file(String name) {
        return directory.resolve(name).toFile();
    }

    private static long count(Path file) throws Exception {
        long packets = 0;
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                packets++;
            }
        }
        return packets;
    }
}
