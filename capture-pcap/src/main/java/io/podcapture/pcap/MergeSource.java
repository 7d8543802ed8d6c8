package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One input of a merge: its cursor, where its packets go, and what was counted. */
final class MergeSource implements Closeable {
    private final MergeInput input;
    private final OnDamage onDamage;
    private final int bufferOctets;
    private @Nullable PacketCursor cursor;
    private @Nullable CopyInput copy;
    private long highest = Long.MIN_VALUE;
    private @Nullable IOException failure;

    long read;
    long packets;
    long octets;
    long outOfOrder;
    long withoutTimestamp;

    MergeSource(MergeInput input, OnDamage onDamage, int bufferOctets) {
        this.input = input;
        this.onDamage = onDamage;
        this.bufferOctets = bufferOctets;
    }

    /** A file that ends within its header is an input without packets; one that is no capture file is refused. */
    void open(CopyOutput output) throws IOException {
        try {
            cursor = PacketCursor.open(input.file(), bufferOctets).onDamage(onDamage.policy());
            copy = new CopyInput(cursor, input.file().toString(), input::relabel, input.shiftNanos(), output);
        } catch (PcapFormatException e) {
            if (onDamage == OnDamage.HALT || onDamage != OnDamage.COLLECT && !e.truncated()) {
                throw e.in(input.file());
            }
            failure = e;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Moves to the next packet that is to be written; false at the end, and where the input is damaged. */
    boolean next() throws IOException {
        CopyInput open = copy;
        if (open == null || failure != null) {
            return false;
        }
        try {
            do {
                if (!open.next()) {
                    return false;
                }
                read++;
            } while (!input.takes(open.cursor().timestampNanos()));
            return true;
        } catch (PcapFormatException e) {
            throw e.in(input.file());
        } catch (CaptureOutputException e) {
            throw e;
        } catch (IOException e) {
            failed(e);
            return false;
        }
    }

    private void failed(IOException e) throws IOException {
        if (onDamage != OnDamage.COLLECT) {
            throw new IOException("cannot read capture file " + input.file() + ": " + e, e);
        }
        failure = e;
    }

    long timestampNanos() {
        return copy().timestampNanos();
    }

    void write() throws IOException {
        CopyInput from = copy();
        from.write();
        PacketRecord packet = from.cursor().record();
        packets++;
        octets += packet.capturedLength;
        if (!packet.hasTimestamp) {
            withoutTimestamp++;
        }
        long time = packet.timestampNanos;
        if (time < highest) {
            outOfOrder++;
        } else {
            highest = time;
        }
    }

    void writeStatistics(CopyOutput output) throws IOException {
        if (input.statistics().isPresent() && copy != null && copy.firstInterface() >= 0) {
            output.statistics(copy.firstInterface(), input.statistics().get());
        }
    }

    Path file() {
        return input.file();
    }

    Optional<PacketCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    Optional<CopyInput> copied() {
        return Optional.ofNullable(copy);
    }

    /** Why the input was read no further, or not at all. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
        }
    }

    private CopyInput copy() {
        if (copy == null) {
            throw new IllegalStateException(input.file() + " has no packets");
        }
        return copy;
    }
}
