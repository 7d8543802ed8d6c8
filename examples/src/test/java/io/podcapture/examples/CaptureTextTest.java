package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedPod;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WirePacket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CaptureTextTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final CompletableFuture<Void> capturing = new CompletableFuture<>();
    private final StringWriter err = new StringWriter() {
        @Override
        public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            if (text.startsWith("capturing ")) {
                capturing.complete(null);
            }
        }
    };

    @AfterEach
    void forgetKubeconfig() {
        System.clearProperty("kubeconfig");
    }

    @Test
    void text_ofAPod_isWhatTcpdumpPrintsOfTheFile() throws Exception {
        assumeTrue(tcpdumpIsThere(), "tcpdump is there");
        Path file = directory.resolve("cart.pcapng");
        List<WirePacket> packets = packets();
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().pod("shop", "cart").start()) {
            System.setProperty("kubeconfig", kubeconfig(cluster).toString());
            SimulatedPod cart = cluster.pod("shop", "cart");
            capturing.thenRunAsync(() ->
                    packets.forEach(packet -> cart.see("eth0", packet.sent(), packet.timestampNanos(), packet.data())));
            int status = PodCapture.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(
                            "capture",
                            "-n",
                            "shop",
                            "cart",
                            "--text",
                            "--packets",
                            "" + packets.size(),
                            "-w",
                            "" + file);
            assertThat(status).as(err.toString()).isZero();
        }
        Process tcpdump = new ProcessBuilder("tcpdump", "-r", file.toString(), "-nn", "-vvv")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(out.toString().lines().toList())
                .isNotEmpty()
                .isEqualTo(tcpdump.inputReader(StandardCharsets.UTF_8).lines().toList());
        assertThat(err.toString()).contains("capturing shop/cart (any)", "COMPLETE " + file);
    }

    @Test
    void text_nobodyReadsAnyMore_stopsTheCapture() throws Exception {
        assumeTrue(tcpdumpIsThere(), "tcpdump is there");
        Path file = directory.resolve("cart.pcapng");
        PrintStream usual = System.out;
        System.setOut(new PrintStream(new BrokenPipe(), true));
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().pod("shop", "cart").start()) {
            System.setProperty("kubeconfig", kubeconfig(cluster).toString());
            SimulatedPod cart = cluster.pod("shop", "cart");
            capturing.thenRunAsync(() -> packets()
                    .forEach(packet -> cart.see("eth0", packet.sent(), packet.timestampNanos(), packet.data())));
            int status = PodCapture.commandLine()
                    .setErr(new PrintWriter(err, true))
                    .execute("capture", "-n", "shop", "cart", "--text", "--duration", "20s", "-w", "" + file);
            assertThat(status).as(err.toString()).isZero();
        } finally {
            System.setOut(usual);
        }
        assertThat(err.toString()).contains("ended by STOPPED", "COMPLETE " + file);
    }

    /** What {@code | head -1} leaves of standard output. */
    private static final class BrokenPipe extends OutputStream {
        private boolean broken;

        @Override
        public void write(int octet) throws IOException {
            if (broken) {
                throw new IOException("Broken pipe");
            }
            broken = octet == '\n';
        }
    }

    private static List<WirePacket> packets() {
        Wire wire = Wire.seeded(7)
                .startingAt(Instant.parse("2026-01-01T00:00:00Z"))
                .node("a")
                .host("cart", host -> host.on("a").address("10.0.1.7"))
                .host("db", host -> host.on("a").address("10.0.2.9"))
                .build();
        wire.at(Duration.ZERO).tcp("cart", "db", 5432, call -> call.request(100).answer(2000));
        wire.run();
        return wire.interfaceOf("cart", "eth0").packets();
    }

    private Path kubeconfig(SimulatedCluster cluster) throws Exception {
        return Files.writeString(directory.resolve("kubeconfig"), cluster.kubeconfig());
    }

    private static boolean tcpdumpIsThere() {
        return Stream.of("/usr/bin/tcpdump", "/usr/sbin/tcpdump").map(Path::of).anyMatch(Files::isExecutable);
    }
}
