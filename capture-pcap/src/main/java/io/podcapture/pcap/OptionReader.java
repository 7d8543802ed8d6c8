package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Steps through the options of a block.
 *
 * <pre>
 * 0 code   2 length   4 value, padded to a multiple of 4 octets
 * </pre>
 *
 * <p>They end at opt_endofopt or at the block's end. Source: draft-ietf-opsawg-pcapng, "Options".
 */
final class OptionReader {
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int end;
    private int next;
    private int code;
    private int length;
    private int value;
    private boolean overrun;

    OptionReader over(ByteBuffer buffer, int start, int end) {
        this.buffer = buffer;
        this.next = start;
        this.end = end;
        overrun = false;
        return this;
    }

    boolean next() {
        if (end - next < 4) {
            return false;
        }
        code = buffer.getShort(next) & 0xffff;
        length = buffer.getShort(next + 2) & 0xffff;
        value = next + 4;
        if (code == 0) {
            return false;
        }
        if (length > end - value) {
            overrun = true;
            return false;
        }
        next = value + Math.min(length + 3 & ~3, end - value);
        return true;
    }

    /** How many are left; they are walked. */
    int count() {
        int count = 0;
        while (next()) {
            count++;
        }
        return count;
    }

    /** Whether the walk ended at an option that is longer than what is left of its block. */
    boolean overrun() {
        return overrun;
    }

    int code() {
        return code;
    }

    int length() {
        return length;
    }

    /** The index of the value in the buffer. */
    int value() {
        return value;
    }

    byte[] octets() {
        byte[] octets = new byte[length];
        buffer.get(value, octets);
        return octets;
    }

    /** The value from its octet {@code from} on, without the NULs that some writers end it with. */
    String text(int from) {
        int textEnd = value + length;
        while (textEnd > value + from && buffer.get(textEnd - 1) == 0) {
            textEnd--;
        }
        byte[] octets = new byte[textEnd - value - from];
        buffer.get(value + from, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
