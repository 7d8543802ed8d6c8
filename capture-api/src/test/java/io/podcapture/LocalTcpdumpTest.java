package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteProcess;
import io.podcapture.spi.RemoteTcpdump;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way with the real tcpdump of this machine, where it may capture. */
@Execution(ExecutionMode.CONCURRENT)
class LocalTcpdumpTest {
    // A flood fills the buffer of another capture too, before its filter is attached.
    private static final String LOOPBACK = "loopback";

    @TempDir
    private Path directory;

    @BeforeAll
    static void tcpdumpMayCapture() throws Exception {
        boolean may;
        try {
            Process tcpdump = new ProcessBuilder("tcpdump", "-i", "lo", "-w", "-")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = tcpdump.errorReader(StandardCharsets.UTF_8).readLine();
            may = said != null && said.contains("listening on");
            tcpdump.destroy();
        } catch (IOException missing) {
            may = false;
        }
        assumeTrue(may, "tcpdump may capture on lo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lo", "any"})
    @ResourceLock(value = LOOPBACK, mode = ResourceAccessMode.READ)
    void stop_rightAfterDatagrams_holdsThemAllWithProof(String interfaceName) throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                CaptureSession session = on(interfaceName, "udp dst port " + receiver.getLocalPort())
                        .start()) {
            send(receiver, 200, "");
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).singleElement().satisfies(point -> {
                assertThat(point.drain()).isEqualTo(DrainProof.COUNTERS);
                assertThat(point.statistics().captured()).hasValue(200);
                // Some packets may come between the opening of the interface and the filter.
                assertThat(point.statistics().received().orElse(0)).isGreaterThanOrEqualTo(400);
            });
            assertThat(payloads(result))
                    .isEqualTo(
                            IntStream.range(0, 200).mapToObj(i -> "packet-" + i).toList());
        }
    }

    @Test
    @ResourceLock(value = LOOPBACK, mode = ResourceAccessMode.READ)
    void stop_rightAfterStart_isCompleteWithProof() throws Exception {
        try (CaptureSession session = on("lo", "udp dst port 9").start()) {
            assertThat(session.stop().requireComplete().points().get(0).drain()).isEqualTo(DrainProof.COUNTERS);
        }
    }

    @Test
    @ResourceLock(value = LOOPBACK, mode = ResourceAccessMode.READ)
    void stop_lastPacketEndsLikeTheTrailerBegins_waitsForNothing() throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                CaptureSession session =
                        on("lo", "udp dst port " + receiver.getLocalPort()).start()) {
            send(receiver, 1, "\n");
            assertThat(session.stop().requireComplete().points())
                    .singleElement()
                    .returns(DrainProof.COUNTERS, PointResult::drain)
                    .satisfies(point -> assertThat(point.statistics().packets()).isEqualTo(1));
        }
    }

    // tcpdump is then told to end in the middle of a write, and gives the packet up that it was writing.
    @RepeatedTest(3)
    @ResourceLock(LOOPBACK)
    void stop_whileTheStreamLagsBehind_holdsAllFromBefore() throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                CaptureSession session = by(
                                new Local(length -> LockSupport.parkNanos(length * 100L)),
                                "lo",
                                "udp dst port " + receiver.getLocalPort())
                        .start()) {
            Thread flood = new Thread(() -> flood(receiver));
            flood.start();
            try {
                Awaitility.await().until(() -> session.progress().octets() > 3_000_000);
                CaptureResult result = session.stop();
                assertThat(result.points().get(0).outcome())
                        .as(result.points().get(0).explanation())
                        .isIn(Outcome.COMPLETE, Outcome.LOSSY);
            } finally {
                flood.interrupt();
                flood.join();
            }
        }
    }

    private static void flood(DatagramSocket to) {
        byte[] payload = new byte[30_000];
        try (DatagramSocket sender = new DatagramSocket()) {
            while (!Thread.currentThread().isInterrupted()) {
                sender.send(new DatagramPacket(payload, payload.length, to.getLocalSocketAddress()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CaptureSession.Builder on(String interfaceName, String filter) {
        return by(new Local(length -> {}), interfaceName, filter);
    }

    private CaptureSession.Builder by(CaptureMethod method, String interfaceName, String filter) {
        return CaptureSession.builder()
                .target(Targets.of("machine", "", "here"))
                .via(MethodChoice.inOrder(method))
                .interfaces(interfaceName)
                .filter(filter)
                .kernelBuffer(8 << 20)
                .writeTo(directory.resolve("capture.pcapng"));
    }

    private static void send(DatagramSocket to, int count, String end) throws IOException {
        try (DatagramSocket sender = new DatagramSocket()) {
            for (int i = 0; i < count; i++) {
                byte[] payload = ("packet-" + i + end).getBytes(StandardCharsets.US_ASCII);
                sender.send(new DatagramPacket(payload, payload.length, to.getLocalSocketAddress()));
            }
        }
    }

    private static List<String> payloads(CaptureResult result) throws IOException {
        List<String> payloads = new ArrayList<>();
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                String data = StandardCharsets.ISO_8859_1
                        .decode(packets.packet().data().duplicate())
                        .toString();
                payloads.add(data.substring(data.indexOf("packet-")));
            }
        }
        return payloads;
    }

    /** Runs tcpdump on this machine. */
    private static final class Local implements CaptureMethod {
        private final IntConsumer beforeWrite;
        private final TargetResolver resolver = TargetResolver.direct(
                "machine", target -> CapturePoint.builder("localhost", "here").build());

        Local(IntConsumer beforeWrite) {
            this.beforeWrite = beforeWrite;
        }

        @Override
        public String name() {
            return "local";
        }

        @Override
        public TargetResolver resolver() {
            return resolver;
        }

        @Override
        public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
                throws IOException, InterruptedException {
            return RemoteTcpdump.of(request)
                    .start(
                            argv -> {
                                Process process = new ProcessBuilder(argv).start();
                                context.onCleanup("process " + process.pid(), () -> {
                                    if (!process.waitFor(10, TimeUnit.SECONDS)) {
                                        throw new IOException("it still runs");
                                    }
                                });
                                return RemoteProcess.of(process);
                            },
                            slowed(sink),
                            context);
        }

        private PacketSink slowed(PacketSink sink) {
            return new PacketSink() {
                @Override
                public void write(byte[] octets, int offset, int length) throws IOException {
                    beforeWrite.accept(length);
                    sink.write(octets, offset, length);
                }

                @Override
                public boolean isWithinPacket() {
                    return sink.isWithinPacket();
                }
            };
        }
    }
}
