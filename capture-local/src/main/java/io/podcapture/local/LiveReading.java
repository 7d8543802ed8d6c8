package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.Ending;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes packets of an interface into the capture's stream, and counts them. Used by one thread. */
final class LiveReading {
    private static final int ROUND = 1024;
    private static final long COUNT_AGAIN = 1L << 30;

    private final LivePackets live;
    private final RecordBuffer records;
    private final long wanted;
    private long captured;
    private long countedAt;

    /**
     * Makes a reading that begins.
     *
     * @param wanted packets after which it is full
     */
    LiveReading(LivePackets live, RecordBuffer records, long wanted) {
        this.live = live;
        this.records = records;
        this.wanted = wanted;
    }

    boolean isFull() {
        return captured >= wanted;
    }

    /**
     * Takes what is there, a thousand packets or so, for a busy interface has always one more; writes all of it.
     *
     * @return whether there may be more
     * @throws CaptureException if the interface cannot be read any more
     */
    boolean takeRound() throws IOException {
        boolean more = true;
        try {
            for (int i = 0; i < ROUND && more && !isFull(); i++) {
                more = live.next();
                if (more) {
                    live.write(records);
                    captured++;
                }
            }
        } finally {
            records.flush();
        }
        if (captured - countedAt > COUNT_AGAIN) {
            counts();
        }
        return more;
    }

    /**
     * Takes what a failing interface still gives out.
     *
     * @return whether there may be more at once
     */
    boolean tryRound() throws IOException {
        try {
            return takeRound() && !isFull();
        } catch (CaptureException e) {
            // It is known to fail; libpcap may all the same find a block of the kernel's buffer the next time.
            return false;
        }
    }

    ToolCounters counts() {
        countedAt = captured;
        return live.counts().with(captured);
    }

    /** Returns what became of the capture, whose reading failed. */
    Ending endingBy(Throwable fault) {
        if (fault instanceof CaptureException e) {
            return new Ending(
                    EndCause.FAULT, false, lastCounts(), Optional.of(e.reason()), String.valueOf(e.getMessage()));
        }
        if (fault instanceof IOException e) {
            return Ending.cut(FailureReason.OUTPUT_FAILED, "the capture file could not be written: " + e.getMessage());
        }
        System.getLogger(LiveReading.class.getName())
                .log(System.Logger.Level.WARNING, "the packets of libpcap could not be taken", fault);
        return Ending.cut(FailureReason.OUTPUT_FAILED, "the packets could not be taken: " + fault);
    }

    // Of an interface that may have vanished: what was captured is known in any case.
    private ToolCounters lastCounts() {
        try {
            return counts();
        } catch (CaptureException e) {
            return new ToolCounters(
                    OptionalLong.of(captured), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
    }
}
