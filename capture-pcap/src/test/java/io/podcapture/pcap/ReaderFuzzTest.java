package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reads damaged files under each policy. Of the profile {@code soak} a million; {@code -Dpodcapture.fuzz.inputs}
 * sets another number, {@code -Dpodcapture.fuzz.seed} another seed; a failure names the input as hex.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class ReaderFuzzTest {
    private static final long USUAL = TestShare.of(20_000, 3_000);
    private static final long INPUTS =
            Long.getLong("podcapture.fuzz.inputs", Boolean.getBoolean("podcapture.soak") ? 1_000_000 : USUAL);
    private static final long SEED = Long.getLong("podcapture.fuzz.seed", 20_240_229);
    private static final int[] INTERESTING = {0, 1, 3, 4, 12, 16, 0x7fff_ffff, -1, 0x0a0d0d0a, 0xa1b2c3d4, 262_144};

    /** Buffers, and what objects of descriptions take, for files of up to some ten thousand octets. */
    private static final long MAX_ALLOCATED = 4 << 20;

    private static final long MAX_NANOS = 20_000_000_000L;

    private final Random random = new Random(SEED);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void next_onDamagedFiles_keepsItsContract() {
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        List<byte[]> whole = wholeFiles();
        for (long i = 0; i < INPUTS; i++) {
            byte[] input = damaged(whole);
            if (i % 50 == 0) {
                input = damage(GzipTest.gzip(input));
            }
            for (DamagePolicy policy : DamagePolicy.values()) {
                try {
                    read(input, policy);
                } catch (IOException | RuntimeException | Error e) {
                    throw new AssertionError(policy + " on " + HexFormat.of().formatHex(input), e);
                }
            }
        }
    }

    private void read(byte[] input, DamagePolicy policy) throws IOException {
        long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        long began = System.nanoTime();
        boolean gzip = input.length > 1 && input[0] == 0x1f;
        long most = gzip ? 1 << 20 : input.length;
        int bufferOctets = 64 << random.nextInt(8);
        boolean opened = false;
        try (PacketCursor cursor = open(input, bufferOctets)) {
            opened = true;
            walk(cursor.onDamage(policy), policy, most);
        } catch (PcapFormatException e) {
            if (!e.getMessage().matches("(?s)(bad|truncated|unsupported) .*")) {
                throw new IllegalStateException("a message without its kind", e);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        check(allocated < MAX_ALLOCATED, "allocated " + allocated);
        check(System.nanoTime() - began < MAX_NANOS, "took too long");
        if (opened) {
            compare(input, policy, bufferOctets);
        }
    }

    /** Nearly all packets are taken a short way, which must give what the long one does. */
    private static void compare(byte[] input, DamagePolicy policy, int bufferOctets) throws IOException {
        try (PacketCursor shortWay = open(input, bufferOctets).onDamage(policy);
                PacketCursor longWay = open(input, bufferOctets).onDamage(policy)) {
            boolean packet = true;
            while (packet) {
                longWay.reader().plainAt = RecordReader.NOWHERE;
                packet = nextOrFailed(shortWay);
                check(packet == nextOrFailed(longWay), "as many packets");
                check(!packet || state(shortWay).equals(state(longWay)), "the same packets");
            }
            check(
                    new ReadingReport(shortWay).toString().equals(new ReadingReport(longWay).toString()),
                    "the same damage");
            check(counts(shortWay).equals(counts(longWay)), "the same counts");
        }
    }

    private static boolean nextOrFailed(PacketCursor cursor) throws IOException {
        try {
            return cursor.next();
        } catch (PcapFormatException e) {
            return false;
        }
    }

    private static List<Object> state(PacketCursor cursor) {
        RecordReader record = cursor.reader();
        return List.of(
                record.ticks,
                record.timestampNanos,
                record.hasTimestamp,
                record.capturedLength,
                record.originalLength,
                record.interfaceIndex,
                record.interfaceDescription.toString(),
                record.optionsLength,
                record.drops,
                record.block.length,
                cursor.offset(),
                HexFormat.of().formatHex(octets(cursor.data())));
    }

    private static List<Long> counts(PacketCursor cursor) {
        return List.of(
                cursor.damagedPlaces(),
                cursor.resyncs(),
                cursor.damagedOctets(),
                cursor.normalizedTimes(),
                cursor.raisedLengths(),
                cursor.skippedBlocks(),
                cursor.offset(),
                (long) cursor.reader().longestCaptured);
    }

    private static byte[] octets(ByteBuffer data) {
        byte[] octets = new byte[data.remaining()];
        data.get(octets);
        return octets;
    }

    private static PacketCursor open(byte[] input, int bufferOctets) throws IOException {
        return PacketCursor.open(new OctetSource.Stream(new ByteArrayInputStream(input)), bufferOctets);
    }

    private static void walk(PacketCursor cursor, DamagePolicy policy, long most) throws IOException {
        long octets = 0;
        long offset = 0;
        while (cursor.next()) {
            check(cursor.data().remaining() == cursor.capturedLength(), "octets of the packet");
            check(cursor.originalLength() >= cursor.capturedLength(), "original length");
            check(cursor.interfaceIndex() < cursor.interfaces().size(), "interface index");
            check(cursor.offset() > offset, "moves on");
            offset = cursor.offset();
            octets += cursor.capturedLength();
        }
        check(!cursor.next(), "ends each time");
        check(octets + cursor.damagedOctets() <= most, "no octet counted twice");
        check(cursor.resyncs() <= cursor.damagedPlaces(), "resyncs are damages");
        check(policy == DamagePolicy.RESYNC || cursor.resyncs() + cursor.damagedOctets() == 0, "no resync unasked");
        check(
                cursor.damage().isPresent() == cursor.damagedPlaces() > 0 || policy == DamagePolicy.RESYNC,
                "damage is told");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("violated: " + what);
        }
    }

    private static List<byte[]> wholeFiles() {
        List<byte[]> files = new ArrayList<>();
        files.add(Samples.octets(Samples.PCAP_LITTLE_ENDIAN));
        files.add(Samples.octets(Samples.PCAP_BIG_ENDIAN));
        files.add(Samples.octets(Samples.PCAPNG_LITTLE_ENDIAN));
        files.add(Samples.octets(Samples.PCAPNG_BIG_ENDIAN));
        for (int seed = 0; seed < 40; seed++) {
            MadeFiles made = new MadeFiles(seed);
            files.add(seed % 2 == 0 ? made.pcap(1 + seed / 2) : made.pcapng(1 + seed / 2));
        }
        return files;
    }

    private byte[] damaged(List<byte[]> whole) {
        byte[] input = whole.get(random.nextInt(whole.size())).clone();
        if (random.nextInt(8) == 0) {
            input = splice(input, whole.get(random.nextInt(whole.size())));
        }
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            input = damage(input);
        }
        return input;
    }

    private byte[] splice(byte[] one, byte[] other) {
        int from = random.nextInt(other.length);
        return GzipTest.join(
                Arrays.copyOf(one, random.nextInt(one.length + 1)), Arrays.copyOfRange(other, from, other.length));
    }

    private byte[] damage(byte[] input) {
        if (input.length < 8) {
            return input;
        }
        int at = random.nextInt(input.length - 4);
        int length = Math.min(input.length - at, 1 << random.nextInt(10));
        byte[] damaged = input.clone();
        switch (random.nextInt(8)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) random.nextInt();
            case 2 -> ByteBuffer.wrap(damaged).putInt(at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 3 ->
                ByteBuffer.wrap(damaged)
                        .putInt(at, Integer.reverseBytes(INTERESTING[random.nextInt(INTERESTING.length)]));
            case 4 -> Arrays.fill(damaged, at, at + length, (byte) 0);
            case 5 -> damaged = GzipTest.join(Arrays.copyOf(input, at), tail(input, at + length));
            case 6 -> damaged = GzipTest.join(Arrays.copyOf(input, at + length), tail(input, at));
            default -> damaged = Arrays.copyOf(input, at);
        }
        return damaged;
    }

    private static byte[] tail(byte[] input, int from) {
        return Arrays.copyOfRange(input, from, input.length);
    }

    @Test
    void wholeFiles_areLegal() throws IOException {
        for (byte[] file : wholeFiles()) {
            try (PacketCursor cursor = PacketCursor.open(new ByteArrayInputStream(file))) {
                while (cursor.next()) {
                    assertThat(cursor.capturedLength()).isNotNegative();
                }
                assertThat(cursor.offset()).isEqualTo(file.length);
            }
        }
    }
}
