package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** More inputs than there are descriptors, and than there is memory for what they hold. */
class ManyInputsTest {
    @TempDir
    Path directory;

    @Test
    void merge_of50InputsOfEqualTimes_isInTheOrderOfInputsThenPositions() throws IOException {
        PacketMerge merge = PacketFiles.merge();
        List<String> expected = new ArrayList<>();
        for (int tag = 0; tag < 50; tag++) {
            merge.input(Samples.file(directory, "in" + tag, Samples.pcap(tag, 7, 7, 7, 9)));
            for (int i = 0; i < 3; i++) {
                expected.add(tag + "." + i);
            }
        }
        for (int tag = 0; tag < 50; tag++) {
            expected.add(tag + ".3");
        }
        Path output = directory.resolve("out");

        merge.writeTo(output);

        assertThat(Samples.packets(output))
                .extracting(
                        packet -> packet.data().getInt(0) + "." + packet.data().getInt(4))
                .containsExactlyElementsOf(expected);
    }

    /** Each is longer than its share of the memory, so that it is read again and again. */
    @Test
    void merge_ofMoreInputsThanAreOpenAtFirst_takesEachPacketInOrder() throws IOException {
        PacketMerge merge = PacketFiles.merge();
        int inputs = 700;
        int each = 900;
        for (int tag = 0; tag < inputs; tag++) {
            long[] micros = new long[each];
            for (int i = 0; i < each; i++) {
                micros[i] = (long) i * inputs + (tag * 37 % inputs);
            }
            merge.input(Samples.file(directory, "in" + tag, Samples.pcap(tag, micros)));
        }

        MergeReport report = merge.writeTo(directory.resolve("out"));

        assertThat(report.packetsWritten()).isEqualTo((long) inputs * each);
        StatisticsReport written =
                PacketFiles.statistics(directory.resolve("out")).read();
        assertThat(written.packets()).isEqualTo((long) inputs * each);
        assertThat(written.ordered()).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void descriptorLimit_isHalfOfWhatIsFree() throws IOException {
        String limits = Files.readString(Path.of("/proc/self/limits"));
        long soft = Long.parseLong(limits.lines()
                .filter(line -> line.startsWith("Max open files"))
                .findFirst()
                .orElseThrow()
                .split(" +")[3]);

        assertThat(DescriptorLimit.half()).isPositive().isLessThanOrEqualTo((int)
                Math.min(soft / 2, Integer.MAX_VALUE));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void merge_of10000InputsWith256Descriptors_takesEachPacketInSmallMemory() throws Exception {
        assertThat(inAChild(10_000, "plain")).isEqualTo("20000 sorted");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void merge_of3000InputsWithLargePackets_holdsFewOfThem() throws Exception {
        assertThat(inAChild(3_000, "large")).isEqualTo("6000 sorted");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void merge_of400DamagedInputs_holdsFewSearches() throws Exception {
        assertThat(inAChild(400, "damaged")).isEqualTo("11600 sorted");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void merge_of2000InputsOfGzip_needsNoThreadOrDescriptorForEach() throws Exception {
        assertThat(inAChild(2_000, "gzip")).isEqualTo("4000 sorted");
    }

    private String inAChild(int inputs, String kind) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "ulimit -n 256; exec '" + java + "' -Xmx64m -XX:+UseSerialGC -cp '"
                + System.getProperty("java.class.path") + "' '" + Child.class.getName() + "' '" + directory + "' "
                + inputs
                + " " + kind;
        Process child = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return told.strip();
    }

    /** Makes inputs whose packets lie between those of all others, and merges them. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[0]);
            int inputs = Integer.parseInt(args[1]);
            PacketMerge merge = PacketFiles.merge().onDamage(OnDamage.RESYNC);
            for (int i = 0; i < inputs; i++) {
                merge.input(Samples.file(directory, args[2] + i, content(args[2], i, inputs)));
            }
            Order order = new Order();
            PipedCount count = new PipedCount();
            Path output = directory.resolve("out");
            MergeReport report = merge.writeTo(CaptureSink.file(output), CaptureSink.channel(count));
            try (PacketCursor cursor = PacketCursor.open(output)) {
                while (cursor.next()) {
                    order.see(cursor.timestampNanos());
                }
            }
            System.out.println(order.packets + (order.sorted ? " sorted" : " unsorted"));
            if (report.packetsWritten() != order.packets || count.octets != Files.size(output)) {
                System.out.println(report + ", " + count.octets + " octets");
            }
        }

        private static byte[] content(String kind, int i, int inputs) throws IOException {
            int packets = kind.equals("damaged") ? 30 : 2;
            int length = kind.equals("plain") || kind.equals("gzip") ? 60 : kind.equals("large") ? 40_000 : 2_000;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(out)) {
                for (int p = 0; p < packets; p++) {
                    writer.write((long) (p * inputs + i) * 1_000, ByteBuffer.allocate(length), length);
                }
            }
            byte[] octets = out.toByteArray();
            if (kind.equals("damaged")) {
                ByteBuffer.wrap(octets).putInt(24 + 2_016 + 8, -1);
            }
            return kind.equals("gzip") ? GzipTest.gzip(octets) : octets;
        }
    }

    private static final class Order {
        private long last = Long.MIN_VALUE;
        private int packets;
        private boolean sorted = true;

        void see(long time) {
            sorted &= time >= last;
            last = time;
            packets++;
        }
    }

    private static final class PipedCount implements WritableByteChannel {
        private long octets;

        @Override
        public int write(ByteBuffer from) {
            int count = from.remaining();
            octets += count;
            from.position(from.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
