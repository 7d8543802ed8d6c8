package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.ManualTimers;
import io.podcapture.spi.PcapBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final byte[] ONE = PcapBytes.ethernet().record(new byte[4]).array();
    private static final int HEADER = 24;
    private static final int RECORDS = 100_000;

    @TempDir
    private Path directory;

    private PartFile part;

    @BeforeEach
    void create() {
        part = PartFile.create(directory.resolve("x.part"), RecordFollower.Loopback.NONE, new ManualTimers());
    }

    @AfterEach
    void delete() {
        part.delete();
    }

    @Test
    void awaitReceived_againAndAgainWhileItIsWritten_isToldItsOwnCount() throws Exception {
        CompletableFuture<Void> writer = CompletableFuture.runAsync(this::writeAll);
        for (int count = 1; count < RECORDS; count += 7) {
            part.awaitReceived(count).get(20, TimeUnit.SECONDS);
            assertThat(part.received()).isGreaterThanOrEqualTo(count);
        }
        writer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void awaitOctets_asMany_completesWithTheOctetThatMakesThem() throws Exception {
        CompletableFuture<Void> full = part.awaitOctets(ONE.length);
        part.write(ONE, 0, ONE.length - 1);
        assertThat(full).isNotDone();
        part.write(ONE, ONE.length - 1, 1);
        assertThat(full).isDone();
    }

    @Test
    void awaitOctets_alreadyThere_isDone() throws Exception {
        part.write(ONE, 0, HEADER);
        assertThat(part.awaitOctets(HEADER)).isDone();
    }

    @Test
    void isWithinPacket_everyOctet_isSoUntilTheLast() throws Exception {
        assertThat(part.isWithinPacket()).isFalse();
        for (int i = 0; i < ONE.length; i++) {
            part.write(ONE, i, 1);
            boolean atEnd = i == HEADER - 1 || i == ONE.length - 1;
            assertThat(part.isWithinPacket()).as("octet %d", i).isEqualTo(!atEnd);
        }
    }

    private void writeAll() {
        try {
            part.write(ONE, 0, HEADER);
            byte[] record = Arrays.copyOfRange(ONE, HEADER, ONE.length);
            for (int i = 0; i < RECORDS; i++) {
                part.write(record, 0, record.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
