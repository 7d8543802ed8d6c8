package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.Ending;
import java.io.IOException;
import java.util.Optional;

/** What became of a capture whose reading failed. */
final class ReadingFault {
    private ReadingFault() {}

    static Ending ending(Throwable fault, LiveReading reading) {
        if (fault instanceof CaptureException e) {
            return new Ending(
                    EndCause.FAULT,
                    false,
                    reading.lastCounts(),
                    Optional.of(e.reason()),
                    String.valueOf(e.getMessage()));
        }
        if (fault instanceof IOException e) {
            return Ending.cut(FailureReason.OUTPUT_FAILED, "the capture file could not be written: " + e.getMessage());
        }
        System.getLogger(ReadingFault.class.getName())
                .log(System.Logger.Level.WARNING, "the packets of libpcap could not be taken", fault);
        return Ending.cut(FailureReason.OUTPUT_FAILED, "the packets could not be taken: " + fault);
    }
}
