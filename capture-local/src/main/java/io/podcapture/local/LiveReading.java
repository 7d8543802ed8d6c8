package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
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
     * Takes what is there, some thousand packets at most, for a busy interface has always one more; writes all of it.
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

    /** Takes what a failing interface still gives out. */
    void tryRound() throws IOException {
        try {
            takeRound();
        } catch (CaptureException e) {
            // It is known to fail; libpcap may all the same find a block of the kernel's buffer the next time.
        }
    }

    ToolCounters counts() {
        countedAt = captured;
        return live.counts().with(captured);
    }

    /** Returns the counts of an interface that may have vanished: what was captured is known in any case. */
    ToolCounters lastCounts() {
        try {
            return counts();
        } catch (CaptureException e) {
            return new ToolCounters(
                    OptionalLong.of(captured), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
    }
}
