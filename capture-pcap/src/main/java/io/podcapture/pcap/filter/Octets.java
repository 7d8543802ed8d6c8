package io.podcapture.pcap.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets of a class file, as many as come; numbers in big-endian order. */
final class Octets {
    private byte[] octets = new byte[256];
    private int count;

    int count() {
        return count;
    }

    byte[] toArray() {
        return Arrays.copyOf(octets, count);
    }

    Octets u1(int number) {
        grow(1);
        octets[count++] = (byte) number;
        return this;
    }

    Octets u2(int number) {
        return u1(number >> 8).u1(number);
    }

    Octets u4(int number) {
        return u2(number >> 16).u2(number);
    }

    /** Text in ASCII, with its length before it. */
    Octets utf(String ascii) {
        byte[] text = ascii.getBytes(StandardCharsets.US_ASCII);
        return u2(text.length).all(text, text.length);
    }

    Octets all(Octets other) {
        return all(other.octets, other.count);
    }

    void setU2(int at, int number) {
        octets[at] = (byte) (number >> 8);
        octets[at + 1] = (byte) number;
    }

    void setU4(int at, int number) {
        setU2(at, number >> 16);
        setU2(at + 2, number);
    }

    private Octets all(byte[] more, int length) {
        grow(length);
        System.arraycopy(more, 0, octets, count, length);
        count += length;
        return this;
    }

    private void grow(int more) {
        if (octets.length - count < more) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, count + more));
        }
    }
}
