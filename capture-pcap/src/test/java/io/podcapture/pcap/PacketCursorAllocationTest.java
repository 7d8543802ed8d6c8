package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
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
    void merge_overManyPackets_allocatesNothingPerPacket() throws IOException {
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        Path few = Samples.file(directory, "few.pcap", Samples.pcap(1, new long[10]));
        Path many = Samples.file(directory, "many.pcap", Samples.pcap(1, new long[PACKETS]));
        merge(many);
        long fixed = merge(few);

        long allocated = merge(many);

        assertThat(allocated - fixed).isLessThan(2 * PACKETS);
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

    private long merge(Path file) throws IOException {
        long before = threads.getCurrentThreadAllocatedBytes();
        PacketFiles.merge(file, file).writeTo(new Nowhere());
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
