package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    @Test
    void seed_again_givesTheSameOctetsAtTheSameTimes() throws Exception {
        Set<String> digests = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            digests.add(digest(Scripts.everything(42, i % 2 == 1).run(), i % 2 == 1));
        }
        assertThat(digests).hasSize(2);
    }

    @Test
    void octets_ofAKnownSeed_areTheSameOnEachMachine() throws Exception {
        assertThat(digest(Scripts.everything(42, false).run(), false)).startsWith("2cdf2e7c8ac023d7");
    }

    @Test
    void seed_other_givesOtherPortsAndSequenceNumbers() {
        Segment first = syn(1);
        Segment second = syn(2);
        assertThat(first.from()).isNotEqualTo(second.from());
        assertThat(first.sequence()).isNotEqualTo(second.sequence());
    }

    @Test
    void steps_ofAnySize_giveWhatOneRunGives() throws Exception {
        Wire wire = Scripts.everything(42, false);
        for (int step = 1; step < 1000; step++) {
            wire.advanceTo(millis(5).dividedBy(3).multipliedBy(step));
        }
        assertThat(digest(wire, false))
                .isEqualTo(digest(Scripts.everything(42, false).run(), false));
        assertThat(wire.now()).isEqualTo(millis(5).dividedBy(3).multipliedBy(999));
    }

    private static Segment syn(long seed) {
        Wire wire = Scripts.shop(seed);
        wire.at(millis(0)).tcp("cart", "db", 5432, call -> {});
        return Segment.of(wire.run().interfaceOf("cart", "eth0").packets()).get(0);
    }

    private static String digest(Wire wire, boolean ipv6) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) (ipv6 ? 6 : 4));
        for (String host : List.of("cart", "db", "dns")) {
            for (WirePacket packet : wire.interfaceOf(host, "any").packets()) {
                digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, packet.timestampNanos()));
                digest.update(packet.data());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
