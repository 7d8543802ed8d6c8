package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReadBackPropertyTest {
    @Property(tries = 300)
    void next_onAnyLegalFile_givesItsPackets(
            @ForAll long seed,
            @ForAll @IntRange(max = 40) int packets,
            @ForAll @IntRange(min = 16, max = 5_000) int bufferOctets,
            @ForAll DamagePolicy policy,
            @ForAll boolean gzip)
            throws IOException {
        MadeFiles made = new MadeFiles(seed);
        byte[] file = seed % 2 == 0 ? made.pcap(packets) : made.pcapng(packets);
        InputStream in = new Crumbs(gzip ? GzipTest.gzip(file) : file, seed);
        List<String> read = new ArrayList<>();

        try (PacketCursor cursor = PacketCursor.open(new OctetSource.Stream(in), bufferOctets)) {
            cursor.onDamage(policy);
            while (cursor.next()) {
                read.add(MadeFiles.line(cursor));
            }
            assertThat(cursor.offset()).isEqualTo(file.length);
            assertThat(cursor.damagedPlaces() + cursor.normalizedTimes() + cursor.raisedLengths())
                    .isZero();
        }

        assertThat(read).isEqualTo(made.expected());
    }

    @Property(tries = 100)
    void blocks_ofAnyLegalFile_areAllItsOctets(
            @ForAll long seed, @ForAll @IntRange(min = 16, max = 5_000) int bufferOctets) throws IOException {
        byte[] file = new MadeFiles(seed).pcapng(20);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        try (PacketCursor cursor = PacketCursor.open(new OctetSource.Stream(new Crumbs(file, seed)), bufferOctets)) {
            cursor.blocks(block -> copy(block, copy));
            while (cursor.next()) {
                copy(cursor.block(), copy);
            }
        }

        assertThat(copy.toByteArray()).isEqualTo(file);
    }

    private static void copy(PcapngBlock block, ByteArrayOutputStream to) {
        byte[] octets = new byte[block.length];
        block.buffer.get(block.position, octets);
        to.writeBytes(octets);
    }

    /** Gives as few octets at a time as a stream may. */
    private static final class Crumbs extends ByteArrayInputStream {
        private final Random random;

        Crumbs(byte[] octets, long seed) {
            super(octets);
            random = new Random(seed);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(2_000)));
        }
    }
}
