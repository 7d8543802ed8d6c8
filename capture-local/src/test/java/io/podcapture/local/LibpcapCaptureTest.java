package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.ToolCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What the thread of a capture does between packets, without libpcap: each look for one finds what the test says. */
class LibpcapCaptureTest {
    private static final BooleanSupplier PACKET = () -> true;
    private static final BooleanSupplier NOTHING = () -> false;

    private final List<CompletionStage<Optional<ToolCounters>>> answers = new ArrayList<>();
    private final List<BooleanSupplier> looks = new ArrayList<>();

    private final LivePackets live = new LivePackets() {
        @Override
        public boolean next() {
            return looks.remove(0).getAsBoolean();
        }

        @Override
        public void write(RecordBuffer records) {}

        @Override
        public PacketCounts counts() {
            return new PacketCounts();
        }

        @Override
        public void close() {}
    };

    private final PacketSink sink = new PacketSink() {
        @Override
        public void write(byte[] octets, int offset, int length) {}
    };

    private final LibpcapCapture capture = new LibpcapCapture(
            live, new LiveReading(live, new RecordBuffer(sink, 100), Long.MAX_VALUE), this::anHourLater, line -> {});
    private long hours;

    // The kernel hands a block over between a look that finds nothing and the question; such an answer would be the
    // second that says the same, and the block be taken for one that is not there.
    @Test
    void counters_askedAfterTheLook_tellOfTheNext() {
        looks.addAll(List.of(this::askAndFindNothing, PACKET, PACKET, NOTHING, this::stop));
        capture.run();
        assertThat(captured(0)).hasValue(2);
    }

    @Test
    void counters_askedWithinARound_tellOfTheNextThoughPacketsCameBefore() {
        looks.addAll(List.of(PACKET, this::askAndFindNothing, PACKET, NOTHING, this::stop));
        capture.run();
        assertThat(captured(0)).hasValue(2);
    }

    @Test
    void counters_askedAgainDuringTheAnswersLook_waitForTheNext() {
        looks.addAll(List.of(this::askAndFindNothing, this::askAndFindNothing, PACKET, NOTHING, this::stop));
        capture.run();
        assertThat(captured(0)).hasValue(0);
        assertThat(captured(1)).hasValue(1);
    }

    @Test
    void counters_askedDuringTheLastLook_tellNothing() {
        looks.add(() -> askAndFindNothing() | stop());
        capture.run();
        assertThat(answers.get(0).toCompletableFuture()).isCompletedWithValue(Optional.empty());
    }

    // The kernel hands its last block over some time after the interface went, which a thread that sleeps on does not
    // see.
    @Test
    void interface_thatVanishesWhileTheThreadIsHeldUp_isLookedAtOnceMore() {
        looks.addAll(List.of(this::vanish, PACKET, this::vanish));
        capture.run();
        assertThat(capture.ended())
                .isCompletedWithValueMatching(
                        ending -> ending.reason().equals(Optional.of(FailureReason.INTERFACE_NOT_FOUND))
                                && ending.counters().captured().equals(OptionalLong.of(1)));
    }

    @Test
    void interface_thatVanishesWithMoreThanARoundOfPackets_isReadToItsEnd() {
        looks.add(this::vanish);
        looks.addAll(Collections.nCopies(3_000, PACKET));
        looks.add(this::vanish);
        capture.run();
        assertThat(capture.ended())
                .isCompletedWithValueMatching(
                        ending -> ending.counters().captured().equals(OptionalLong.of(3_000)));
    }

    private boolean vanish() {
        throw new CaptureException(FailureReason.INTERFACE_NOT_FOUND, "it is gone");
    }

    private long anHourLater() {
        return TimeUnit.HOURS.toNanos(hours++);
    }

    private boolean askAndFindNothing() {
        answers.add(capture.counters());
        return false;
    }

    private boolean stop() {
        capture.stop();
        return false;
    }

    private OptionalLong captured(int answer) {
        return answers.get(answer).toCompletableFuture().join().orElseThrow().captured();
    }
}
