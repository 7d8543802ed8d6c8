package io.podcapture.pcap;

import java.io.IOException;

/** Moves one input through a copy, and counts. */
final class CopyCount {
    final CopyJob job;
    final PacketCursor cursor;
    final CopyInput input;

    long read;
    long written;
    long octets;
    long outOfOrder;
    long withoutTimestamp;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    CopyCount(CopyJob job, PacketCursor cursor, CopyInput input) {
        this.job = job;
        this.cursor = cursor;
        this.input = input;
    }

    boolean next() throws IOException {
        boolean packet;
        try {
            packet = input.next();
        } catch (IOException e) {
            throw job.named(e);
        }
        if (packet) {
            read++;
        }
        return packet;
    }

    /** To be called where another count moved the cursor to a packet. */
    void moved() throws IOException {
        input.moved();
        read++;
    }

    void write() throws IOException {
        input.write();
        written++;
        RecordReader packet = input.record();
        octets += packet.capturedLength;
        if (!packet.hasTimestamp) {
            withoutTimestamp++;
            return;
        }
        long time = packet.timestampNanos;
        if (time >= last) {
            last = time;
        } else {
            outOfOrder++;
        }
        if (time < first) {
            first = time;
        }
    }

    /** Adds what another pass over the same input wrote of it. */
    void add(CopyCount pass) {
        written += pass.written;
        octets += pass.octets;
        outOfOrder += pass.outOfOrder;
        withoutTimestamp += pass.withoutTimestamp;
        first = Math.min(first, pass.first);
        last = Math.max(last, pass.last);
        input.clamped += pass.input.clamped;
        input.droppedOptions += pass.input.droppedOptions;
    }
}
