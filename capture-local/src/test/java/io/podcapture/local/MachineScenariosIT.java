package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MachineScenariosIT extends LocalScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return MachineStage.make(directory);
    }

    // The kernel receives each of its packets twice, and libpcap gives out one.
    @ParameterizedTest
    @MethodSource("repetitions")
    void stop_rightAfterBurstOnLoopback_missesNothing(int repetition) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            String filter = "udp src port " + socket.getLocalPort();
            try (CaptureSession session =
                    session(filter, new Place(Targets.localMachine(), "lo")).start()) {
                for (int number : CapturedNumbers.range(0, 1000)) {
                    byte[] octets = ("packet-" + number).getBytes(StandardCharsets.US_ASCII);
                    socket.send(new DatagramPacket(octets, octets.length, InetAddress.getLoopbackAddress(), 9));
                }
                assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                        .containsExactlyElementsOf(CapturedNumbers.range(0, 1000));
            }
        }
    }

    // libpcap 1.10 passes over the packets of the first block; one that does not is as welcome.
    @Test
    void stop_withDirectionOnAnInterfaceByName_isNotCompleteWithoutThem() throws Exception {
        try (CaptureSession session =
                session("inbound and udp port 9", stage().tools()).start()) {
            stage().datagrams(0, 500);
            CaptureResult result = session.stop();
            if (result.outcome() == Outcome.COMPLETE) {
                assertThat(CapturedNumbers.ofOne(result)).containsExactlyElementsOf(CapturedNumbers.range(0, 500));
            } else {
                assertThat(result.points().get(0))
                        .returns(Outcome.TRUNCATED, PointResult::outcome)
                        .returns(Optional.of(FailureReason.INCOMPLETE), PointResult::reason);
                assertThat(result.points().get(0).explanation()).contains("inbound", "capture any");
            }
        }
    }
}
