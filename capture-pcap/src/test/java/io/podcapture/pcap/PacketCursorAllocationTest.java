package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketCursorAllocationTest {
    private static final int PACKETS = 100_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    @Test
    void next_overManyPackets_allocatesNothing() throws IOException {
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        Path file = Samples.file(directory, "many.pcap", Samples.pcap(1, new long[PACKETS]));
        walk(file);

        long allocated = walk(file);

        assertThat(allocated).isLessThan(PACKETS / 10);
    }

    @Test
    void next_overManyPacketsOfGzip_allocatesNothingOnEitherThread() throws IOException {
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        Path file = Samples.file(directory, "many.pcap.gz", GzipTest.gzip(Samples.pcap(1, new long[PACKETS])));
        walk(file);

        long allocated = walk(file);

        assertThat(allocated).isLessThan(PACKETS / 10);
        try (PacketCursor cursor = PacketCursor.open(file)) {
            long thread = decompressing();
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < PACKETS / 2; i++) {
                cursor.next();
            }
            assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(PACKETS / 10);
        }
    }

    @Test
    void next_afterDamage_allocatesNothingPerPacket() throws IOException {
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        byte[] records = Samples.pcap(1, new long[PACKETS + 1]);
        ByteBuffer.wrap(records).putInt(24 + 8, -1);
        Path file = Samples.file(directory, "damaged.pcap", records);
        walk(file, DamagePolicy.RESYNC);

        long allocated = walk(file, DamagePolicy.RESYNC);

        assertThat(allocated).isLessThan(PACKETS / 10);
    }

    private static long decompressing() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("podcapture-gunzip"))
                .findAny()
                .orElseThrow()
                .getId();
    }

    @Test
    void merge_ofTwiceThePackets_allocatesNoMore() throws IOException {
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        Path once = Samples.file(directory, "once.pcap", Samples.pcap(1, new long[PACKETS]));
        Path twice = Samples.file(directory, "twice.pcap", Samples.pcap(1, new long[2 * PACKETS]));
        Path onceNg = directory.resolve("once.pcapng");
        Path twiceNg = directory.resolve("twice.pcapng");
        PacketFiles.merge(once).writeTo(onceNg);
        PacketFiles.merge(twice).writeTo(twiceNg);

        for (OutputFormat format : OutputFormat.values()) {
            assertThat(growth(once, twice, merge -> merge.format(format))).isLessThan(PACKETS);
            assertThat(growth(onceNg, twiceNg, merge -> merge.format(format))).isLessThan(PACKETS);
            assertThat(growth(onceNg, twiceNg, merge -> merge.format(format).sortWithin(Duration.ofNanos(1))))
                    .isLessThan(PACKETS);
            for (String filter : List.of("len > 1", "len < 1")) {
                assertThat(growth(once, twice, merge -> merge.format(format).filter(filter)))
                        .isLessThan(PACKETS);
            }
        }
    }

    // What a thread gives back of its share of the heap counts as allocated, some megabytes at once: the least of
    // several.
    private long growth(Path once, Path twice, Consumer<PacketMerge> options) throws IOException {
        merge(twice, options);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && least >= PACKETS; i++) {
            least = Math.min(least, merge(twice, options) - merge(once, options));
        }
        return least;
    }

    private long walk(Path file) throws IOException {
        return walk(file, DamagePolicy.HALT);
    }

    private long walk(Path file, DamagePolicy policy) throws IOException {
        try (PacketCursor cursor = PacketCursor.open(file).onDamage(policy)) {
            cursor.next();
            long before = threads.getCurrentThreadAllocatedBytes();
            long sum = 0;
            int count = 1;
            while (cursor.next()) {
                sum += cursor.timestampNanos()
                        + cursor.data().getInt()
                        + cursor.linkType().number();
                count++;
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(sum).isNotZero();
            assertThat(count).isEqualTo(PACKETS);
            return allocated;
        }
    }

    private long merge(Path file, Consumer<PacketMerge> options) throws IOException {
        PacketMerge merge = PacketFiles.merge(file, file).onDamage(OnDamage.RESYNC);
        options.accept(merge);
        long before = threads.getCurrentThreadAllocatedBytes();
        merge.writeTo(new Nowhere());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static final class Nowhere implements WritableByteChannel {
        @Override
        public int write(ByteBuffer from) {
            int count = from.remaining();
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
