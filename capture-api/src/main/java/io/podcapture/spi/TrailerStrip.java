package io.podcapture.spi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Takes the wrapper script's trailer off the end of a stream.
 *
 * <p>Holds back only what can still be the trailer: a reader that always held back as many octets would keep the end of the
 * file header, and nothing would ever be ready. The nonce keeps a payload from passing for a trailer. Used by one thread.
 */
final class TrailerStrip {
    private static final int STATUS_LENGTH = 4;

    private final byte[] head;
    private final byte[] held;
    private int heldLength;

    TrailerStrip(String nonce) {
        head = WrapperScript.trailer(nonce).getBytes(StandardCharsets.US_ASCII);
        held = new byte[head.length + STATUS_LENGTH];
    }

    /** Passes on what is not the trailer. */
    void write(byte[] octets, int length, OutputStream out) throws IOException {
        int from = 0;
        while (heldLength > 0 && from < length) {
            if (fits(heldLength, octets[from])) {
                held[heldLength++] = octets[from++];
            } else {
                releaseHeld(out);
            }
        }
        int tail = Math.max(from, tailThatFits(octets, from, length));
        if (tail > from) {
            out.write(octets, from, tail - from);
        }
        if (tail < length) {
            System.arraycopy(octets, tail, held, heldLength, length - tail);
            heldLength += length - tail;
        }
    }

    /** Passes on what is held back, at a stream's end without a trailer. */
    void flush(OutputStream out) throws IOException {
        if (status().isEmpty() && heldLength > 0) {
            out.write(held, 0, heldLength);
            heldLength = 0;
        }
    }

    /** Returns the status in the trailer; empty as long as the stream does not end with one. */
    OptionalInt status() {
        if (heldLength < held.length) {
            return OptionalInt.empty();
        }
        int status = 0;
        for (int i = head.length; i < head.length + 3; i++) {
            status = status * 10 + held[i] - '0';
        }
        return OptionalInt.of(status);
    }

    // What is held begins with a line feed and has no other but, when it is whole, at its end: there the trailer may
    // begin anew.
    private void releaseHeld(OutputStream out) throws IOException {
        int kept = heldLength == held.length ? 1 : 0;
        out.write(held, 0, heldLength - kept);
        heldLength = kept;
    }

    private int tailThatFits(byte[] octets, int from, int length) {
        if (heldLength > 0) {
            return from;
        }
        for (int start = Math.max(from, length - held.length); start < length; start++) {
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
        return position < head.length + 3 ? octet >= '0' && octet <= '9' : position < held.length && octet == '\n';
    }
}
