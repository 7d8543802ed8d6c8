package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DamagedDescriptionTest {
    private static final long START_MICROS = 1_700_000_000_000_000L;

    @Test
    void resync_overADamagedDescription_givesNoPacketANeighboursInterface() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0, sample.option(2, "eth0"));
        int damaged = sample.length();
        sample.description(101, 0, sample.option(2, "tun0")).description(1, 0, sample.option(2, "eth1"));
        for (int i = 0; i < 30; i++) {
            sample.enhanced(
                    i % 3,
                    START_MICROS + i,
                    ByteBuffer.allocate(60).putInt(0, i).array(),
                    60);
        }
        sample.block(5, sample.number(2), new byte[8], sample.option64(4, 7));
        sample.section().description(1, 0, sample.option(2, "eth2"));
        sample.enhanced(0, START_MICROS + 30, new byte[60], 60);
        byte[] file = sample.octets();
        file[damaged + 5] ^= 0x40;

        List<String> names = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        try (PacketCursor cursor =
                PacketCursor.open(new ByteArrayInputStream(file)).onDamage(DamagePolicy.RESYNC)) {
            while (cursor.next()) {
                names.add(cursor.interfaceDescription().name().orElseThrow());
                numbers.add(cursor.data().getInt());
            }
            assertThat(cursor.damagedPlaces()).isEqualTo(11);
        }

        assertThat(numbers.subList(0, 20))
                .isEqualTo(
                        IntStream.range(0, 30).filter(i -> i % 3 != 1).boxed().toList());
        assertThat(names.subList(0, 20)).containsOnly("eth0", "eth1");
        assertThat(IntStream.range(0, 20).filter(i -> numbers.get(i) % 3 == 2).mapToObj(names::get))
                .containsOnly("eth1");
        assertThat(names.subList(20, names.size())).containsExactly("eth2");
    }
}
