package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of 1000 packets, each a millisecond after the one before; the number of a packet begins its data. */
@Timeout(120)
class DamageTest {
    private static final int PACKETS = 1_000;
    private static final long START = 1_700_000_000_000L;

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource
    void resync_atALengthBeyondAllBounds_losesThatPacketAlone(FileForm form) throws IOException {
        List<byte[]> records = records(form, PACKETS);
        damageLength(form, records.get(500), 0x8d27053e);

        Reading reading = read(form, records);

        assertThat(difference(reading.packets, without(500))).isEmpty();
        assertThat(reading.damages).isEqualTo(1);
        assertThat(reading.resyncs).isEqualTo(1);
        assertThat(reading.damagedOctets).isEqualTo(records.get(500).length);
        assertThat(reading.truncated).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000, 70_000, 200_000, 400_000, 0xffffff})
    void resync_atALengthThatSwallowsOthers_losesThatPacketAlone(int length) throws IOException {
        for (int at : new int[] {0, 500, 980, 995, 998}) {
            List<byte[]> records = records(FileForm.PCAP_LITTLE_ENDIAN, PACKETS);
            damageLength(FileForm.PCAP_LITTLE_ENDIAN, records.get(at), length);

            Reading reading = read(FileForm.PCAP_LITTLE_ENDIAN, records);

            // Longer than the packet was on the wire, so that it cannot be a cut.
            assertThat(difference(reading.packets, without(at)))
                    .as("%d at %d", length, at)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void resync_atALengthPastTheEndOfTheFile_losesThatPacketAlone(FileForm form) throws IOException {
        List<byte[]> records = new ArrayList<>();
        int count = form.blocks ? 5_000 : 400;
        for (int i = 0; i < count; i++) {
            byte[] data = new byte[1_000];
            random.nextBytes(data);
            records.add(
                    form.record(START + i, ByteBuffer.wrap(data).putInt(0, i).array()));
        }
        int at = form.blocks ? 10 : 250;
        ByteBuffer damaged = ByteBuffer.wrap(records.get(at)).order(form.order);
        damaged.putInt(form.blocks ? 4 : 8, form.blocks ? damaged.getInt(4) ^ 0x0080_0000 : 200_000);
        damaged.putInt(form.blocks ? 24 : 12, 200_000);
        List<Integer> expected =
                new ArrayList<>(IntStream.range(0, count).boxed().toList());
        expected.remove((Integer) at);

        Reading reading = read(form, records);

        assertThat(difference(reading.packets, expected)).isEmpty();
        assertThat(reading.damagedOctets).isEqualTo(records.get(at).length);
        assertThat(reading.truncated).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void resync_atACutWithinALongRecord_tellsOfTheCutAlone(FileForm form) throws IOException {
        for (int length : new int[] {60_000, 262_000}) {
            List<byte[]> records = records(form, 20);
            byte[] data = new byte[length];
            random.nextBytes(data);
            byte[] last = form.record(START + 20, data);
            records.add(Arrays.copyOf(last, last.length - 20_000));

            Reading reading = read(form, records);

            assertThat(reading.packets).isEqualTo(all().subList(0, 20));
            assertThat(reading.truncated).isTrue();
            assertThat(reading.damages).isZero();
            assertThat(reading.damagedOctets).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void resync_atACutPacketThatCarriesOthers_tellsOfTheCutAlone(FileForm form) throws IOException {
        byte[] carried = GzipTest.join(records(form, 60).toArray(byte[][]::new));
        byte[] data = Arrays.copyOf(GzipTest.join(new byte[40], carried), 60_000);
        List<byte[]> records = records(form, 20);
        records.add(Arrays.copyOf(form.record(START + 20, data), Math.min(carried.length, 55_000)));

        Reading reading = read(form, records);

        assertThat(reading.packets).isEqualTo(all().subList(0, 20));
        assertThat(reading.truncated).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void resync_amongPacketsOfEqualLength_losesThatPacketAlone(FileForm form) throws IOException {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            records.add(form.record(START + i, ByteBuffer.allocate(60).putInt(i).array()));
        }
        damageLength(form, records.get(500), -1);

        Reading reading = read(form, records);

        assertThat(difference(reading.packets, without(500))).isEmpty();
        assertThat(reading.damagedOctets).isEqualTo(records.get(500).length);
    }

    @ParameterizedTest
    @EnumSource
    void resync_atAnUndersizedLength_losesThatPacketAlone(FileForm form) throws IOException {
        List<byte[]> records = records(form, PACKETS);
        ByteBuffer.wrap(records.get(500)).order(form.order).putInt(form.blocks ? 4 : 8, form.blocks ? 44 : 20);

        assertThat(read(form, records).packets).containsAll(without(500)).hasSizeBetween(999, 1_000);
    }

    @ParameterizedTest
    @EnumSource
    void resync_atRandomOctetsBetweenPackets_losesNone(FileForm form) throws IOException {
        for (int at : new int[] {0, 1, 500, 999}) {
            List<byte[]> records = records(form, PACKETS);
            byte[] noise = new byte[777];
            random.nextBytes(noise);
            records.add(at, noise);

            Reading reading = read(form, records);

            assertThat(difference(reading.packets, all())).as("at %d", at).isEmpty();
            assertThat(reading.damagedOctets).isEqualTo(777);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resync_atZerosBetweenPackets_losesNone(FileForm form) throws IOException {
        for (int length : new int[] {64, 4_096, 500_000}) {
            List<byte[]> records = records(form, PACKETS);
            records.add(500, new byte[length]);

            Reading reading = read(form, records);

            assertThat(difference(reading.packets, all())).isEmpty();
            assertThat(reading.damagedOctets).isEqualTo(length);
            assertThat(reading.resyncs).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resync_atZerosOverTheMiddleOfPackets_losesThoseAlone(FileForm form) throws IOException {
        byte[] file = file(form, records(form, PACKETS));
        int from = file.length / 2 & ~511;
        Arrays.fill(file, from, from + 4_096, (byte) 0);

        List<Integer> packets = read(file).packets;

        assertThat(packets).hasSizeBetween(PACKETS - 30, PACKETS).doesNotHaveDuplicates();
        assertThat(packets.subList(packets.size() - 400, packets.size())).isEqualTo(all().subList(600, PACKETS));
    }

    @ParameterizedTest
    @EnumSource
    void resync_atSeveralPlaces_losesThosePacketsAlone(FileForm form) throws IOException {
        List<byte[]> records = records(form, PACKETS);
        List<Integer> expected = new ArrayList<>(all());
        for (int at : new int[] {100, 120, 300, 310, 320, 700}) {
            damageLength(form, records.get(at), -1);
            expected.remove((Integer) at);
        }

        Reading reading = read(form, records);

        assertThat(difference(reading.packets, expected)).isEmpty();
        assertThat(reading.damages).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void resync_onNoiseToTheEnd_endsAndCountsIt(FileForm form) throws IOException {
        byte[] noise = new byte[3_000_000];
        random.nextBytes(noise);

        Reading reading = read(GzipTest.join(file(form, records(form, 10)), noise));

        assertThat(reading.packets).hasSize(10);
        assertThat(reading.damages).isEqualTo(1);
        assertThat(reading.resyncs).isZero();
        assertThat(reading.damagedOctets).isEqualTo(3_000_000);
        assertThat(reading.truncated).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void resync_onAFileThatIsCut_tellsOfTheCutAlone(FileForm form) throws IOException {
        byte[] file = file(form, records(form, 500));

        Reading reading = read(Arrays.copyOf(file, file.length - 20));

        assertThat(reading.packets).hasSize(499);
        assertThat(reading.truncated).isTrue();
        assertThat(reading.damages).isZero();
        assertThat(reading.damagedOctets).isZero();
    }

    static Stream<byte[]> forged() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (FileForm form : FileForm.values()) {
            for (long millis : new long[] {1_500_000_000_000L, START - 5_000, START + 490}) {
                List<byte[]> records = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    records.add(form.record(
                            millis, ByteBuffer.allocate(60).putInt(-1).array()));
                }
                byte[] file = file(form, records);
                files.add(file);
                files.add(GzipTest.join(new byte[70], Arrays.copyOfRange(file, 24, file.length), new byte[30]));
                files.add(Arrays.copyOf(file, file.length - 30));
            }
        }
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("forged")
    void resync_atADamagedPacketThatCarriesAFile_findsTheFilesOwnNextPacket(byte[] payload) throws IOException {
        for (FileForm form : FileForm.values()) {
            for (int value : new int[] {-1, 0x1000_0000}) {
                List<byte[]> records = records(form, PACKETS);
                records.set(500, form.record(START + 500, GzipTest.join(new byte[54], payload)));
                damageLength(form, records.get(500), value);

                assertThat(difference(read(form, records).packets, without(500)))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forged")
    void resync_afterAPacketThatCarriesAFile_keepsIt(byte[] payload) throws IOException {
        for (FileForm form : FileForm.values()) {
            List<byte[]> records = records(form, PACKETS);
            byte[] number = ByteBuffer.allocate(54).putInt(500).array();
            records.set(500, form.record(START + 500, GzipTest.join(number, payload)));
            damageLength(form, records.get(501), -1);

            assertThat(difference(read(form, records).packets, without(501))).isEmpty();
        }
    }

    @Test
    void resync_atACutFileWithAnotherGluedOn_readsBoth() throws IOException {
        byte[] first = file(FileForm.PCAP_LITTLE_ENDIAN, records(FileForm.PCAP_LITTLE_ENDIAN, 500));
        for (FileForm form : new FileForm[] {FileForm.PCAP_LITTLE_ENDIAN, FileForm.PCAP_BIG_ENDIAN}) {
            byte[] second = file(form, records(form, PACKETS));

            Reading reading = read(GzipTest.join(Arrays.copyOf(first, first.length - 20), second));

            assertThat(reading.packets.subList(0, 499)).isEqualTo(all().subList(0, 499));
            assertThat(reading.packets.subList(499, reading.packets.size())).isEqualTo(all());
        }
    }

    @Test
    void resync_onOddButWholeFiles_dropsNothing() throws IOException {
        FileForm form = FileForm.PCAP_LITTLE_ENDIAN;
        List<byte[]> records = records(form, PACKETS);
        records.forEach(record -> ByteBuffer.wrap(record).putInt(12, 0));
        assertThat(difference(read(form, records).packets, all())).isEmpty();

        List<byte[]> jumps = records(form, PACKETS);
        jumps.forEach(record -> ByteBuffer.wrap(record).putInt(0, random.nextInt()));
        assertThat(difference(read(form, jumps).packets, all())).isEmpty();

        List<byte[]> fractions = records(form, PACKETS);
        fractions.forEach(record -> ByteBuffer.wrap(record).order(form.order).putInt(4, 1_500_000));
        assertThat(difference(read(form, fractions).packets, all())).isEmpty();

        List<byte[]> large = records(form, 10);
        large.add(form.record(START, new byte[3_000_000]));
        assertThat(read(form, large).packets).hasSize(11);
    }

    @ParameterizedTest
    @EnumSource
    void resync_onDamageEveryFewPackets_takesNoLongerThanTheFileIsLong(FileForm form) throws IOException {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            byte[] record =
                    form.record(START + i, ByteBuffer.allocate(60).putInt(i).array());
            if (i % 10 == 9) {
                damageLength(form, record, -1);
            }
            records.add(record);
        }

        Reading reading = read(form, records);

        assertThat(reading.packets).hasSize(27_000);
        assertThat(reading.damages).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource
    void stop_atDamage_endsThereAndTells(FileForm form) throws IOException {
        List<byte[]> records = records(form, PACKETS);
        damageLength(form, records.get(500), -1);

        try (PacketCursor cursor = open(file(form, records)).onDamage(DamagePolicy.STOP)) {
            Reading reading = new Reading(cursor);
            assertThat(difference(reading.packets, all().subList(0, 500))).isEmpty();
            assertThat(reading.damages).isEqualTo(1);
            assertThat(reading.resyncs).isZero();
            assertThat(cursor.damage().orElseThrow().offset()).isEqualTo(cursor.offset());
            assertThat(cursor.next()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void halt_atDamage_throwsEachTimeAndTells(FileForm form) throws IOException {
        List<byte[]> records = records(form, 10);
        damageLength(form, records.get(0), -1);

        try (PacketCursor cursor = open(file(form, records))) {
            assertThatThrownBy(cursor::next).isInstanceOf(PcapFormatException.class);
            assertThatThrownBy(cursor::next).isInstanceOf(PcapFormatException.class);
            assertThat(cursor.damagedPlaces()).isEqualTo(1);
            assertThat(cursor.damage()).isPresent();
        }
    }

    @Test
    void resync_onGzipDamagedInTheMiddle_givesThePacketsBefore() throws IOException {
        byte[] member = GzipTest.gzip(file(FileForm.PCAP_LITTLE_ENDIAN, records(FileForm.PCAP_LITTLE_ENDIAN, PACKETS)));
        Arrays.fill(member, member.length / 2, member.length / 2 + 50, (byte) 0xff);

        Reading reading = read(member);

        assertThat(reading.packets).startsWith(all().subList(0, 400).toArray(new Integer[0]));
        assertThat(reading.damages).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = FileForm.class,
            names = {"PCAPNG_LITTLE_ENDIAN", "PCAPNG_BIG_ENDIAN"})
    void resync_atADamagedSectionHeaderOfTheOtherByteOrder_staysInItsSection(FileForm form) throws IOException {
        boolean little = form.order == ByteOrder.LITTLE_ENDIAN;
        byte[] header = new PcapngSample(little ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .section()
                .octets();
        header[header.length - 1] ^= 0x40;
        List<byte[]> records = records(form, PACKETS);
        records.add(500, header);

        Reading reading = read(form, records);

        assertThat(difference(reading.packets, all())).isEmpty();
        assertThat(reading.damagedOctets).isEqualTo(header.length);
    }

    @Test
    void resync_onAnInterfaceWithADamagedOption_keepsItsPackets() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0, Samples.octets("0200 ff00"));
        sample.enhanced(0, 1, new byte[4], 4);

        Reading reading = read(sample.octets());

        assertThat(reading.packets).hasSize(1);
        assertThat(reading.damages).isEqualTo(1);
    }

    /** Of 60 to 1500 octets. */
    private List<byte[]> records(FileForm form, int count) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] data = new byte[60 + random.nextInt(1_441)];
            random.nextBytes(data);
            records.add(
                    form.record(START + i, ByteBuffer.wrap(data).putInt(0, i).array()));
        }
        return records;
    }

    private static byte[] file(FileForm form, List<byte[]> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(form.header());
        records.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static void damageLength(FileForm form, byte[] record, int length) {
        ByteBuffer.wrap(record).order(form.order).putInt(form.capturedLengthAt(), length);
        if (form.blocks) {
            ByteBuffer.wrap(record).order(form.order).putInt(4, length);
        }
    }

    private static Reading read(FileForm form, List<byte[]> records) throws IOException {
        return read(file(form, records));
    }

    private static Reading read(byte[] file) throws IOException {
        try (PacketCursor cursor = open(file).onDamage(DamagePolicy.RESYNC)) {
            return new Reading(cursor);
        }
    }

    private static PacketCursor open(byte[] file) throws IOException {
        return PacketCursor.open(new ByteArrayInputStream(file));
    }

    private static List<Integer> all() {
        return IntStream.range(0, PACKETS).boxed().toList();
    }

    private static List<Integer> without(int at) {
        return IntStream.range(0, PACKETS).filter(i -> i != at).boxed().toList();
    }

    /** Of packets that should be there and are not, and of those that should not. */
    private static String difference(List<Integer> seen, List<Integer> expected) {
        List<Integer> missing = new ArrayList<>(expected);
        missing.removeAll(seen);
        List<Integer> foreign = new ArrayList<>(seen);
        foreign.removeAll(expected);
        return seen.equals(expected)
                ? ""
                : seen.size() + " packets, missing " + missing.size() + ": "
                        + missing.stream().limit(9).toList() + ", foreign "
                        + foreign.stream().limit(9).toList();
    }

    private static final class Reading {
        final List<Integer> packets = new ArrayList<>();
        final long damages;
        final long resyncs;
        final long damagedOctets;
        final boolean truncated;

        Reading(PacketCursor cursor) throws IOException {
            while (cursor.next()) {
                packets.add(cursor.data().getInt());
            }
            damages = cursor.damagedPlaces();
            resyncs = cursor.resyncs();
            damagedOctets = cursor.damagedOctets();
            truncated = cursor.truncation().isPresent();
        }
    }
}
