package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedFrameTest {
    private static final int PACKET_TYPE = 10;

    @ParameterizedTest
    @CsvSource({
        "020000000001, false, 0",
        "ffffffffffff, false, 1",
        "333300000001, false, 2",
        "01005e000001, false, 2",
        "ffffffffffff, true, 4",
        "020000000001, true, 4"
    })
    void cooked_frame_saysWhoItIsFor(String destination, boolean sent, int type) {
        byte[] frame = HexFormat.of().parseHex(destination + "020000000002" + "0806" + "0001");
        ByteBuffer cooked = new SimulatedFrame("eth0", sent, 0, ByteBuffer.wrap(frame))
                .cooked()
                .octets();
        assertThat(cooked.get(PACKET_TYPE)).isEqualTo((byte) type);
    }
}
