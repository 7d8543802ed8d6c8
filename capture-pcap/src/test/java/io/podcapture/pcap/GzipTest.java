package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GzipTest {
    private static final byte[] FILE = Samples.pcap(1, new long[1_000]);

    @TempDir
    Path directory;

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("podcapture-gunzip");
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void next_onGzipOfAnyName_givesItsPackets() throws IOException {
        Path file = Samples.file(directory, "capture.pcap", gzip(FILE));

        assertThat(Samples.packets(file)).hasSize(1_000);
    }

    @Test
    void next_onMembersCutWithinRecords_readsOnThroughThem() throws IOException {
        byte[] members = join(
                gzip(Arrays.copyOf(FILE, 1_001)),
                gzip(new byte[0]),
                gzip(Arrays.copyOfRange(FILE, 1_001, FILE.length)));

        assertThat(Samples.packets(open(members))).hasSize(1_000);
        assertThat(Samples.packets(PacketCursor.open(new OneByOne(members)))).hasSize(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void next_onCutAnywhere_givesThePacketsBeforeAndTellsOfTheCut(DamagePolicy policy) throws IOException {
        byte[] whole = gzip(Samples.pcap(2, new long[40]));
        int most = 0;
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try (PacketCursor cursor = open(cut).tolerateTruncation().onDamage(policy)) {
                int count = 0;
                while (cursor.next()) {
                    count++;
                }
                assertThat(cursor.truncation()).isPresent();
                assertThat(count).isGreaterThanOrEqualTo(most);
                most = count;
            } catch (PcapFormatException e) {
                assertThat(most).as("the header was read before").isZero();
                assertThat(e.truncated()).isTrue();
            }
        }
        assertThat(most).isEqualTo(40);
    }

    @Test
    void next_onGzipCutInHalf_givesAboutHalf() throws IOException {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        byte[] content = join(FILE, Samples.octets("00000000 00000000 400d0300 400d0300"), noise, tail(FILE));
        byte[] whole = gzip(content);

        try (PacketCursor cursor = open(Arrays.copyOf(whole, whole.length / 2)).tolerateTruncation()) {
            assertThat(Samples.packets(cursor)).hasSize(1_000);
            assertThat(cursor.truncation())
                    .get()
                    .hasToString("io.podcapture.pcap.PcapFormatException: truncated gzip: member at byte 0: at least "
                            + (whole.length / 2 + 1) + " octets required, " + whole.length / 2
                            + " before the end of the file");
        }
    }

    @Test
    void next_onEveryFieldOfTheMembersHeader_skipsIt() throws IOException {
        byte[] plain = gzip(FILE);
        byte[] header = Samples.octets("1f8b08 1e 00000000 00 03 0300 aabbcc 6e616d6500 636f6d6d656e7400 1234");

        byte[] member = join(header, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(Samples.packets(open(member))).hasSize(1_000);
    }

    @Test
    void next_onZerosAfterTheLastMember_ends() throws IOException {
        assertThat(Samples.packets(open(join(gzip(FILE), new byte[700])))).hasSize(1_000);
    }

    @ParameterizedTest
    @CsvSource({"-1, checksum", "-8, checksum", "0, 'begins with 0x6a756e6b'"})
    void next_onDamageAfterTheLastOctet_givesEachPacketFirst(int at, String told) throws IOException {
        byte[] member = at == 0 ? join(gzip(FILE), Samples.octets("6a756e6b 6a756e6b 6a756e6b")) : gzip(FILE);
        if (at < 0) {
            member[member.length + at] ^= 1;
        }

        try (PacketCursor cursor = open(member).tolerateTruncation()) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(cursor.next()).isTrue();
            }
            PcapFormatException e = catchThrowableOfType(PcapFormatException.class, cursor::next);
            assertThat(e).hasMessageStartingWith("bad gzip: member at byte ").hasMessageContaining(told);
            assertThat(e.truncated()).isFalse();
        }
    }

    @Test
    void next_onDamagedOctetAnywhere_throwsNothingButFormatErrors() throws IOException {
        byte[] whole = gzip(Samples.pcap(2, new long[20]));
        for (int at = 2; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            try {
                Samples.packets(open(damaged));
            } catch (PcapFormatException e) {
                assertThat(e).hasMessageMatching("(?s)(bad|truncated|unsupported) .*");
            }
        }
    }

    @Test
    void resync_whereDamagedGzipEndsWithinSwallowedRecords_countsEachPlace() throws IOException {
        byte[] swallowing = Samples.octets("00000000 00000000 00000300 00000300");
        byte[] member = gzip(join(
                Samples.pcap(1, new long[10]),
                swallowing,
                tail(Samples.pcap(2, new long[10])),
                swallowing,
                tail(Samples.pcap(3, new long[10]))));
        member[member.length - 8] ^= 1;

        try (PacketCursor cursor = open(member).onDamage(DamagePolicy.RESYNC)) {
            int count = 0;
            while (cursor.next()) {
                count++;
            }
            assertThat(count).isEqualTo(30);
            assertThat(cursor.resyncs()).isEqualTo(2);
            assertThat(cursor.damagedPlaces()).isEqualTo(3);
            assertThat(cursor.damagedOctets()).isEqualTo(32);
        }
    }

    @Test
    void next_onFailingSource_throwsItsFailureAfterThePackets() throws IOException {
        byte[] whole = gzip(FILE);
        IOException failure = new IOException("disk is gone");
        InputStream failing = new Failing(Arrays.copyOf(whole, whole.length - 8), failure);

        try (PacketCursor cursor = PacketCursor.open(failing)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(cursor.next()).isTrue();
            }
            assertThatThrownBy(cursor::next).isSameAs(failure);
        }
    }

    @Test
    void next_onSourceThatThrowsUnchecked_throwsAnIoException() {
        RuntimeException failure = new IllegalStateException("a fault of its own");
        InputStream failing = new Failing(Samples.octets("1f8b08"), failure);

        assertThatThrownBy(() -> PacketCursor.open(failing))
                .isInstanceOf(IOException.class)
                .hasCause(failure);
    }

    @Test
    void close_farFromTheEnd_endsItsThread() throws IOException {
        try (PacketCursor cursor = open(gzip(Samples.pcap(3, new long[50_000])))) {
            assertThat(cursor.next()).isTrue();
        }
    }

    @Test
    void close_whileItsThreadReads_leavesNoDescriptor() throws IOException {
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        byte[] content = join(FILE, Samples.octets("00000000 00000000 801a0600 801a0600"), noise);
        Path file = Samples.file(directory, "capture.pcap.gz", gzip(content));

        for (int i = 0; i < 100; i++) {
            try (PacketCursor cursor = PacketCursor.open(file)) {
                assertThat(cursor.next()).isTrue();
            }
        }

        assertThat(openFiles()).doesNotContain(file.toRealPath());
    }

    @Test
    void read_ofAFileThatAnotherThreadGaveUp_failsAndOpensNothing() throws IOException {
        Path file = Samples.file(directory, "capture.pcap.gz", gzip(FILE));
        FileSource source = new FileSource(file, new Descriptors());
        ByteBuffer octets = ByteBuffer.allocate(16);
        source.read(octets, 0);
        source.close();

        assertThatThrownBy(() -> source.read(octets.clear(), 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is closed");
        assertThat(openFiles()).doesNotContain(file.toRealPath());
    }

    /** None where the system does not tell. */
    private static List<Path> openFiles() throws IOException {
        List<Path> open = new ArrayList<>();
        Path descriptors = Path.of("/proc/self/fd");
        if (Files.isDirectory(descriptors)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(descriptors)) {
                for (Path descriptor : each) {
                    if (Files.isRegularFile(descriptor)) {
                        open.add(descriptor.toRealPath());
                    }
                }
            }
        }
        return open;
    }

    @Test
    void close_whileItsSourceGivesNothing_endsItsThread() throws IOException {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 1 << 20);
        out.write(gzip(FILE));
        out.flush();

        PacketCursor cursor = PacketCursor.open(in);
        for (int i = 0; i < 1_000; i++) {
            assertThat(cursor.next()).isTrue();
        }
        cursor.close();
    }

    @Test
    void next_interrupted_readsOnAndKeepsTheInterrupt() throws IOException {
        Thread.currentThread().interrupt();

        assertThat(Samples.packets(Samples.file(directory, "a", gzip(FILE)))).hasSize(1_000);

        assertThat(Thread.interrupted()).isTrue();
    }

    /**
     * Its thread closes the source last: it does that here only once the test's own waits, or has not waited. A wait
     * that an interrupt refuses is one for a moment, too; so it has to be seen many times on end.
     */
    @Test
    void close_interruptedBefore_waitsForItsThreadAllTheSame() throws IOException {
        Thread tests = Thread.currentThread();
        AtomicInteger waiting = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream(gzip(FILE)) {
            @Override
            public void close() {
                while (Thread.currentThread() != tests && waiting.get() < 100_000 && !closed.get()) {
                    waiting.set(tests.getState() == Thread.State.TIMED_WAITING ? waiting.get() + 1 : 0);
                }
            }
        };
        PacketCursor cursor = PacketCursor.open(in);

        tests.interrupt();
        cursor.close();
        closed.set(true);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(waiting).hasValue(100_000);
    }

    @Test
    void open_onGzipTwiceOver_refuses() {
        assertThatThrownBy(() -> open(gzip(gzip(FILE))))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageContaining("gzip -d");
    }

    private static byte[] tail(byte[] pcap) {
        return Arrays.copyOfRange(pcap, 24, pcap.length);
    }

    private static PacketCursor open(byte[] octets) throws IOException {
        return PacketCursor.open(new ByteArrayInputStream(octets));
    }

    private static class OneByOne extends ByteArrayInputStream {
        OneByOne(byte[] octets) {
            super(octets);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1));
        }
    }

    private static final class Failing extends ByteArrayInputStream {
        private final Exception failure;

        Failing(byte[] octets, Exception failure) {
            super(octets);
            this.failure = failure;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            int count = super.read(into, offset, length);
            if (count < 0) {
                Failing.<RuntimeException>sneak(failure);
            }
            return count;
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Exception> void sneak(Exception e) throws E {
            throw (E) e;
        }
    }
}
