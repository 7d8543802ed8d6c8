package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceSourceTest {
    private static final int PACKETS = 60_000;

    /** Ten packets a second, of 76 octets with their header: 4.5 MB. */
    private static final long[] TIMES = LongStream.range(0, PACKETS)
            .map(i -> 1_700_000_000_000_000L + i * 100_000)
            .toArray();

    @TempDir
    Path directory;

    private long firstOffset;
    private String whole = "";

    @Test
    void search_inAnOrderedFile_givesEachPacketOfTheWindowAndReadsLittleElse() throws Exception {
        Path file = Samples.file(directory, "a", Samples.pcap(1, TIMES));
        Random random = new Random(5);

        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(PACKETS);
            int to = Math.min(PACKETS - 1, from + random.nextInt(3_000));

            List<Integer> found = found(file, TIMES[from] * 1_000, TIMES[to] * 1_000);

            assertThat(found).hasSize(to - from + 1).first().isEqualTo(from);
            assertThat(whole).isEmpty();
            assertThat(firstOffset).isGreaterThan(24 + from * 76L - (600 << 10));
        }
    }

    @Test
    void search_forAWindowOutsideTheFile_givesNothing() throws Exception {
        Path file = Samples.file(directory, "a", Samples.pcap(1, TIMES));

        assertThat(found(file, Long.MIN_VALUE, 0)).isEmpty();
        assertThat(found(file, Long.MAX_VALUE - 1, Long.MAX_VALUE)).isEmpty();
        assertThat(found(file, Long.MIN_VALUE, Long.MAX_VALUE)).hasSize(PACKETS);
    }

    @Test
    void search_whereNeighborsAreOutOfOrder_missesNone() throws Exception {
        long[] times = TIMES.clone();
        for (int i = 0; i + 9 < times.length; i += 9) {
            long swapped = times[i];
            times[i] = times[i + 8];
            times[i + 8] = swapped;
        }
        Path file = Samples.file(directory, "a", Samples.pcap(1, times));

        for (int from = 29_990; from < 30_010; from++) {
            assertThat(found(file, TIMES[from] * 1_000, TIMES[from + 100] * 1_000))
                    .hasSize(101);
        }
    }

    @Test
    void search_wherePacketsCarryCaptureFiles_findsItsOwnRecords() throws Exception {
        byte[] carried = new byte[60_000];
        ByteBuffer inner = ByteBuffer.wrap(carried).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 76 <= carried.length; at += 76) {
            inner.putInt(at, 1).putInt(at + 8, 60).putInt(at + 12, 60);
        }
        Path file = directory.resolve("a");
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            for (int i = 0; i < 400; i++) {
                inner.putInt(8 + 76 * 3 + 8, i);
                writer.write(10_000_000_000L * i, ByteBuffer.wrap(carried), carried.length);
            }
        }

        assertThat(found(file, 3_000_000_000_000L, 3_100_000_000_000L)).hasSize(11);
        assertThat(firstOffset).isGreaterThan(17_000_000);
    }

    @Test
    void search_inADisorderedFile_readsItWhole() throws IOException {
        long[] times = TIMES.clone();
        for (int i = 0; i < PACKETS / 2; i++) {
            times[i] += 100_000_000_000L;
        }
        Path file = Samples.file(directory, "a", Samples.pcap(1, times));

        try (SliceSource source = SliceSource.search(file, times[40_000] * 1_000, times[50_000] * 1_000, halt())) {
            assertThat(source.readWhole().orElseThrow()).contains("out of order");
        }
    }

    @Test
    void search_inFilesGluedTogether_readsThemWholeWhereTheEndTellsIt() throws Exception {
        byte[] large = Samples.pcap(1, TIMES);
        long[] within = Arrays.copyOfRange(TIMES, 20_000, 30_000);
        long[] behind = LongStream.of(TIMES).map(time -> time + 6_000_000_000L).toArray();
        Path overlapping = Samples.file(directory, "a", GzipTest.join(large, Samples.pcap(2, within)));
        Path little = Samples.file(directory, "b", GzipTest.join(large, Samples.pcap(2, Arrays.copyOf(behind, 10))));
        Path finer = Samples.file(directory, "c", GzipTest.join(nanoseconds(TIMES), Samples.pcap(2, behind)));
        Path coarser = Samples.file(directory, "d", GzipTest.join(large, nanoseconds(behind)));

        assertThat(found(overlapping, TIMES[20_000] * 1_000, TIMES[20_009] * 1_000))
                .hasSize(20);
        assertThat(whole).contains("out of order");
        assertThat(found(little, behind[5] * 1_000, behind[9] * 1_000)).hasSize(5);
        assertThat(whole).contains("glued");
        assertThat(found(finer, behind[30_000] * 1_000, behind[30_009] * 1_000)).hasSize(10);
        assertThat(whole).contains("microseconds");
        assertThat(found(coarser, behind[30_000] * 1_000, behind[30_009] * 1_000))
                .hasSize(10);
        assertThat(whole).isNotEmpty();
    }

    @Test
    void search_inACutFile_goesByHalving() throws Exception {
        byte[] octets = Samples.pcap(1, TIMES);
        Path file = Samples.file(directory, "a", Arrays.copyOf(octets, octets.length - 5));

        assertThat(found(file, TIMES[30_000] * 1_000, TIMES[30_009] * 1_000)).hasSize(10);
        assertThat(whole).isEmpty();
    }

    @Test
    void goesOn_atAFurtherFileHeader_asksToReadItWhole() throws IOException {
        long[] behind = LongStream.of(TIMES).map(time -> time + 6_000_000_000L).toArray();
        Path file = Samples.file(directory, "a", GzipTest.join(Samples.pcap(1, TIMES), Samples.pcap(2, behind)));

        assertThatThrownBy(() -> found(file, TIMES[PACKETS - 10] * 1_000, behind[9] * 1_000))
                .isInstanceOf(NotOrderedException.class)
                .hasMessageContaining("glued");
    }

    /** As {@link Samples#pcap}, of nanoseconds whose fractions use them. */
    private static byte[] nanoseconds(long[] micros) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer =
                PcapWriter.builder(LinkType.ETHERNET).nanoseconds().open(out)) {
            for (int i = 0; i < micros.length; i++) {
                writer.write(
                        micros[i] * 1_000, ByteBuffer.allocate(60).putInt(0, 1).putInt(4, i), 60);
            }
        }
        return out.toByteArray();
    }

    @Test
    void goesOn_atDisorderWithinTheWindow_asksToReadItWhole() throws IOException {
        long[] times = TIMES.clone();
        times[30_050] -= 1_200_000;
        Path file = Samples.file(directory, "a", Samples.pcap(1, times));

        assertThatThrownBy(() -> found(file, TIMES[30_000] * 1_000, TIMES[30_100] * 1_000))
                .isInstanceOf(NotOrderedException.class);
    }

    @Test
    void search_inWhatCannotBeEntered_readsItWhole() throws Exception {
        byte[] plain = Samples.pcap(1, TIMES);
        Path gzip = Samples.file(directory, "a.gz", GzipTest.gzip(plain));
        Path pcapng = Samples.file(directory, "a.pcapng", Samples.octets(Samples.PCAPNG_BIG_ENDIAN));
        Path headers = Samples.file(directory, "b", GzipTest.join(Samples.pcap(1), plain));

        for (Path file : List.of(gzip, pcapng, headers)) {
            try (SliceSource source = SliceSource.search(file, 0, Long.MAX_VALUE, halt())) {
                assertThat(source.readWhole()).as(file.toString()).isPresent();
                assertThat(source.cursor().next()).isTrue();
            }
        }
        assertThat(found(gzip, TIMES[7] * 1_000, TIMES[9] * 1_000)).hasSize(3);
    }

    private static DamagePolicy halt() {
        return DamagePolicy.HALT;
    }

    /** The positions of the packets in the window. */
    private List<Integer> found(Path file, long from, long to) throws IOException, NotOrderedException {
        List<Integer> found = new ArrayList<>();
        try (SliceSource source = SliceSource.search(file, from, to, halt())) {
            firstOffset = -1;
            whole = source.readWhole().orElse("");
            while (source.cursor().next() && source.goesOn()) {
                firstOffset = firstOffset < 0 ? source.cursor().offset() : firstOffset;
                long time = source.cursor().timestampNanos();
                if (time >= from && time <= to) {
                    found.add(
                            source.cursor().data().getInt(source.cursor().data().position() + 4));
                }
            }
        }
        return found;
    }
}
