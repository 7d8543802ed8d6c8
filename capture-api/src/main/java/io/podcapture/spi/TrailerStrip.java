package io.podcapture.spi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Takes the wrapper script's trailer off the end of a stream.
 *
 * <p>Holds back only what can still be the trailer, and nothing within a packet: a reader that held back its last octet,
 * because it is a line feed, would keep the whole packet from those who wait for it. A tool that ended by itself ended
 * between packets. One that is told to end may give a packet up in the middle, and nobody waits for it any more: from then on
 * everything is held back. The nonce keeps a payload from passing for a trailer. Used by one thread, but for being told.
 */
final class TrailerStrip {
    private static final int STATUS_LENGTH = 4;

    private final byte[] head;
    // What of a trailer has arrived; the first octets of it may have been passed on.
    private final byte[] seen;
    private int seenLength;
    private int passed;
    private volatile boolean endExpected;

    TrailerStrip(String nonce) {
        head = WrapperScript.trailer(nonce).getBytes(StandardCharsets.US_ASCII);
        seen = new byte[head.length + STATUS_LENGTH];
    }

    /** Passes on what is not the trailer. */
    void write(byte[] octets, int length, PacketSink out) throws IOException {
        int from = 0;
        while (seenLength > 0 && from < length) {
            if (fits(seenLength, octets[from])) {
                seen[seenLength++] = octets[from++];
            } else {
                release(out);
            }
        }
        int tail = Math.max(from, tailThatFits(octets, from, length));
        if (tail > from) {
            out.write(octets, from, tail - from);
        }
        if (tail < length) {
            System.arraycopy(octets, tail, seen, seenLength, length - tail);
            seenLength += length - tail;
        }
        if (status().isEmpty() && !endExpected && out.isWithinPacket()) {
            pass(seenLength, out);
        }
    }

    /** Says that the tool is told to end now. */
    void expectEnd() {
        endExpected = true;
    }

    /** Passes on what is held back, at a stream's end without a trailer. */
    void flush(PacketSink out) throws IOException {
        if (status().isEmpty()) {
            pass(seenLength, out);
        }
    }

    /** Returns the status in the trailer; empty as long as the stream does not end with one. */
    OptionalInt status() {
        if (seenLength < seen.length) {
            return OptionalInt.empty();
        }
        int status = 0;
        for (int i = head.length; i < head.length + 3; i++) {
            status = status * 10 + seen[i] - '0';
        }
        return OptionalInt.of(status);
    }

    // What was seen begins with a line feed and has no other but, when it is whole, at its end: there the trailer may
    // begin anew.
    private void release(PacketSink out) throws IOException {
        int kept = seenLength == seen.length ? 1 : 0;
        pass(seenLength - kept, out);
        seenLength = kept;
        passed = 0;
    }

    private void pass(int until, PacketSink out) throws IOException {
        if (until > passed) {
            out.write(seen, passed, until - passed);
            passed = until;
        }
    }

    private int tailThatFits(byte[] octets, int from, int length) {
        if (seenLength > 0) {
            return from;
        }
        for (int start = Math.max(from, length - seen.length); start < length; start++) {
            int i = 0;
            while (start + i < length && fits(i, octets[start + i])) {
                i++;
            }
            if (start + i == length) {
                return start;
            }
        }
        return length;
    }

    private boolean fits(int position, byte octet) {
        if (position < head.length) {
            return octet == head[position];
        }
        return position < head.length + 3 ? octet >= '0' && octet <= '9' : position < seen.length && octet == '\n';
    }
}
