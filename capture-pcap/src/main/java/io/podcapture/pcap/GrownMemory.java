package io.podcapture.pcap;

import java.io.IOException;

/**
 * Bounds what the inputs of an operation hold beyond their own buffers: blocks larger than these, and what a search after
 * damage looked ahead. Above the limit an input gives it back, and reads its packet once more when its turn has come.
 */
final class GrownMemory {
    private static final long MOST = 12 << 20;

    private long total;

    /** To be called when the input has moved. */
    void moved(Share share, RecordReader reader) {
        long grown = reader.grown();
        if (grown == share.counted && total <= MOST) {
            return;
        }
        total += grown - share.counted;
        share.counted = grown;
        if (total > MOST && grown > 0) {
            int behind = reader.behind();
            if (reader.giveBack()) {
                share.behind = behind;
            }
            total += reader.grown() - share.counted;
            share.counted = reader.grown();
        }
    }

    /** To be called before the packet is looked at. */
    void look(Share share, RecordReader reader) throws IOException {
        if (share.behind >= 0) {
            reader.takeAgain(share.behind);
            share.behind = -1;
        }
    }

    /** The input has ended. */
    void ended(Share share, RecordReader reader) {
        reader.letGo();
        total -= share.counted;
        share.counted = 0;
    }

    /** What one input holds. */
    static final class Share {
        private long counted;

        /** Where its packet begins before the place to read on, if it gave that back; negative if not. */
        private int behind = -1;
    }
}
