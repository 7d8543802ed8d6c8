package io.podcapture.pcap;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What an operation read of a file, and wrote.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class CopyReport {
    private final Path input;
    private final long packetsRead;
    private final long packetsWritten;
    private final long octetsWritten;
    private final Optional<Instant> firstTimestamp;
    private final Optional<Instant> lastTimestamp;
    private final long outOfOrder;
    private final long withoutTimestamp;
    private final long skippedBlocks;
    private final long skippedOptions;
    private final long clamped;
    private final ReadingReport reading;

    CopyReport(CopyCount count) {
        input = count.job.input;
        packetsRead = count.read;
        packetsWritten = count.written;
        octetsWritten = count.octets;
        boolean timed = count.first <= count.last;
        firstTimestamp = timed ? Optional.of(TimestampUnit.instant(count.first)) : Optional.empty();
        lastTimestamp = timed ? Optional.of(TimestampUnit.instant(count.last)) : Optional.empty();
        outOfOrder = count.outOfOrder;
        withoutTimestamp = count.withoutTimestamp;
        skippedBlocks = count.input.droppedBlocks;
        skippedOptions = count.input.droppedOptions();
        clamped = count.input.clamped;
        reading = new ReadingReport(count.cursor);
    }

    /** {@return the file read} */
    public Path input() {
        return input;
    }

    /** {@return how many packets were read} */
    public long packetsRead() {
        return packetsRead;
    }

    /** {@return how many packets were written} */
    public long packetsWritten() {
        return packetsWritten;
    }

    /** {@return captured octets of the packets written, without headers} */
    public long octetsWritten() {
        return octetsWritten;
    }

    /** {@return the earliest time of a packet written; empty if none states one} */
    public Optional<Instant> firstTimestamp() {
        return firstTimestamp;
    }

    /** {@return the latest time of a packet written; empty if none states one} */
    public Optional<Instant> lastTimestamp() {
        return lastTimestamp;
    }

    /** {@return how many packets are earlier than one written before them; they are written so} */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** {@return how many packets written stated no time, and have that of the packet before them} */
    public long withoutTimestamp() {
        return withoutTimestamp;
    }

    /** {@return how many blocks without packet were left out, for the format has none or they must not be copied} */
    public long skippedBlocks() {
        return skippedBlocks;
    }

    /** {@return how many options were left out, for the format has none or they must not be copied} */
    public long skippedOptions() {
        return skippedOptions;
    }

    /** {@return how many packets have the nearest time that the output can have, their own being out of its range} */
    public long clamped() {
        return clamped;
    }

    /** {@return what was found damaged, cut or put right} */
    public ReadingReport reading() {
        return reading;
    }

    @Override
    public String toString() {
        return packetsWritten + " of " + packetsRead + " packets of " + input + ", " + reading;
    }
}
