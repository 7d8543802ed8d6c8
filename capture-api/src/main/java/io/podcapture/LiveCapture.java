package io.podcapture;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.ToolCounters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is of a capture once a method has started it.
 *
 * @param since when it was proven to be capturing
 */
record LiveCapture(
        CaptureRequest request,
        CaptureMethod method,
        CaptureContext context,
        PartFile part,
        RunningCapture capture,
        NodeClock clock,
        Instant since) {
    /** Returns the point with what the method told of it. */
    CapturePoint point() {
        return request.point().with(context.attributes());
    }

    /** Returns what the tool was asked for, which may be more than the request. */
    CaptureRequest asked() {
        return context.inForce().orElse(request);
    }

    /** Returns what the clock of its packets is ahead of ours; empty where nobody could tell. */
    Optional<ClockOffset> offset() {
        return clock.offset();
    }

    /** Makes the wait for the packets on their way. */
    Drain drain(SessionSpec limits) {
        return new Drain(capture, part, limits.timers(), limits.stopTimeout(), asked().kernelBuffer());
    }

    /** Acknowledges what was received, and undoes what the method made. */
    void release() {
        capture.close();
        context.cleanUp();
    }

    /** Says how it went. */
    PointReport report(
            ToolCounters counters,
            EndCause why,
            DrainProof proof,
            Verdict verdict,
            List<String> passedOver,
            Instant over) {
        return new PointReport(
                point(),
                request.interfaceName(),
                asked().filter(),
                verdict.outcome(),
                why,
                verdict.reason(),
                verdict.explanation(),
                Optional.of(method.name()),
                passedOver,
                proof,
                new Statistics(
                        part.records(),
                        part.octets(),
                        counters.captured(),
                        counters.received(),
                        counters.droppedByKernel(),
                        counters.droppedByInterface(),
                        asked().kernelBuffer()),
                offset(),
                Optional.of(since),
                over);
    }
}
