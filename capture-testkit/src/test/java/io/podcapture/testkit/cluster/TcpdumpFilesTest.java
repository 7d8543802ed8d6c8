package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that the stand-in leaves beside those of the real one, where this machine has it and lets it capture. */
class TcpdumpFilesTest {
    private static final String LISTENING = "listening\n";
    private static final int PAYLOAD = 20_000;
    private static final int PACKETS = 160;

    // What an earlier run said must not be taken for its own. What was there keeps its permissions, and loses what was
    // in it.
    private static final String SCRIPT =
            "rm -f err; export LC_ALL=C; umask 027; echo old >p1; chmod 604 p1; \"$@\" 2>err >p.out & tool=$!;"
                    + " until grep -q bytes err 2>/dev/null; do kill -0 $tool || break; done; printf '" + LISTENING
                    + "';"
                    + " wait $tool; echo $?; for f in ./*p*; do stat -c '%A %s %n' -- \"$f\"; done; rm ./*p*";

    private static SimulatedCluster cluster;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .blockTimeout(Duration.ofMillis(20))
                .start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void files_thatTakeTurns_areAsLargeAsTheyMayBeAndOnePacketMore() throws Exception {
        assertThat(simulated(arguments("-C 1 -W 12 -w packets") + 9))
                .isEqualTo("0\n-rw-r----- 0 ./p.out\n-rw----r-- 4 ./p1\n-rw-r----- 1002924 ./packets00\n"
                        + "-rw-r----- 1002924 ./packets01\n-rw-r----- 1002924 ./packets02\n"
                        + "-rw-r----- 200604 ./packets03\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-w packets",
                "-w packets -W 5",
                "-C 1 -w p",
                "-C 1 -W 12 -w ./packets.pcap",
                "-C 1 -W 10 -w packets",
                "-C 1 -W 3 -w p",
                "-C 1 -W 1 -w packets",
                "-C 9 -W 101x -w packets",
                "-C 1 -w -",
                "-U -C 2 -W 2 -w packets"
            })
    void files_ofARun_areThoseOfTheRealOne(String options) throws Exception {
        assertThat(simulated(arguments(options) + 9)).isEqualTo(real(arguments(options)));
    }

    /** Returns a command line up to the number of the port. */
    private static String arguments(String output) {
        return "-i lo -n -B 16384 -Z root -c " + PACKETS + " " + output + " -- udp dst port ";
    }

    private String real(String options) throws Exception {
        RealTcpdump real = new RealTcpdump(directory);
        real.assume();
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket receiver = new DatagramSocket(0, loopback);
                DatagramSocket sender = new DatagramSocket(0, loopback)) {
            Process process = real.start(SCRIPT, options + receiver.getLocalPort());
            assertThat(process.getInputStream().readNBytes(LISTENING.length()))
                    .asString()
                    .isEqualTo(LISTENING);
            DatagramPacket packet = new DatagramPacket(new byte[PAYLOAD], PAYLOAD, loopback, receiver.getLocalPort());
            // Some more than it takes, should it lose any.
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> {
                for (int i = 0; i < PACKETS; i++) {
                    sender.send(packet);
                }
                return process.waitFor(100, TimeUnit.MILLISECONDS);
            });
            return RealTcpdump.printed(process);
        }
    }

    private static String simulated(String options) throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        String[] argv = RealTcpdump.command(SCRIPT, options).toArray(String[]::new);
        new PlainClient(cluster.kubeconfig())
                .exec("cart", "v5.channel.k8s.io", frames, argv)
                .join();
        Awaitility.await().until(() -> frames.octets(ExecFrames.STDOUT).length >= LISTENING.length());
        for (int i = 0; i < PACKETS; i++) {
            ByteBuffer frame = datagram();
            cluster.pod("shop", "cart").see("lo", true, 1_767_225_600_000_000_000L, frame);
            cluster.pod("shop", "cart").see("lo", false, 1_767_225_600_000_000_000L, frame);
        }
        frames.closed().get(10, TimeUnit.SECONDS);
        return new String(frames.octets(ExecFrames.STDOUT), StandardCharsets.UTF_8).substring(LISTENING.length());
    }

    private static ByteBuffer datagram() {
        ByteBuffer frame = ByteBuffer.allocate(14 + 28 + PAYLOAD);
        frame.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(23, (byte) 17);
        return frame.putShort(36, (short) 9);
    }
}
