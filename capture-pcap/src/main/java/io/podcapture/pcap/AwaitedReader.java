package io.podcapture.pcap;

import java.io.IOException;

/** Stands for the reader of a growing file whose header is not there yet. */
final class AwaitedReader extends RecordReader {
    AwaitedReader(CaptureInput input) {
        super(input);
    }

    /** The file's reader, or this as long as the header is not whole. */
    RecordReader begun() throws IOException {
        try {
            RecordReader reader = CaptureFormat.open(input);
            reader.listener = listener;
            reader.careful = careful;
            return reader;
        } catch (PcapFormatException e) {
            if (e.truncated()) {
                return this;
            }
            throw e;
        }
    }

    @Override
    boolean next() {
        return false;
    }

    @Override
    boolean nextPlain() {
        return false;
    }

    @Override
    Resync resync() {
        throw new IllegalStateException("no record was read");
    }

    @Override
    long resyncs() {
        return 0;
    }

    @Override
    long damagedOctets() {
        return 0;
    }
}
