package io.podcapture;

import java.io.IOException;

/**
 * Follows the records of a pcap stream as its octets pass, without keeping them.
 *
 * <p>Source: draft-ietf-opsawg-pcap, "General File Structure" and "Packet Record". Loopback packets are counted apart, since
 * the kernel receives them twice and libpcap captures them once: in cooked captures their ARPHRD type tells them
 * (LINKTYPE_LINUX_SLL at octet 2, LINKTYPE_LINUX_SLL2 at octet 8). Used by one thread.
 */
final class RecordFollower {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    // Above libpcap's largest snapshot length, which a few link types exceed; a wrong length is found before it is
    // believed.
    private static final int LONGEST_RECORD = 1 << 24;
    private static final int LINUX_SLL = 113;
    private static final int LINUX_SLL2 = 276;
    private static final int ARPHRD_LOOPBACK = 772;
    private static final int LOOK = 10;

    private final Loopback loopbackPackets;
    private final byte[] head = new byte[FILE_HEADER];
    private int headLength;
    private boolean headerSeen;
    private boolean bigEndian;
    private int linkType;
    private int arphrdAt = -1;
    private boolean inData;
    private long dataLeft;
    private int looked;
    private int arphrd;
    private long octets;
    private long boundary;
    private long records;
    private long loopback;

    /** How loopback packets are told from others. */
    enum Loopback {
        /** By the header of cooked captures. */
        BY_HEADER,
        /** All are: the interface is the loopback one. */
        ALL,
        /** Not at all: the filter lets only one of the two copies through. */
        NONE
    }

    RecordFollower(Loopback loopbackPackets) {
        this.loopbackPackets = loopbackPackets;
    }

    void follow(byte[] buffer, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (inData) {
                int step = (int) Math.min(dataLeft, end - at);
                look(buffer, at, step);
                at += step;
                octets += step;
                dataLeft -= step;
                if (dataLeft == 0) {
                    endRecord();
                }
            } else {
                int wanted = headerSeen ? RECORD_HEADER : FILE_HEADER;
                int step = Math.min(wanted - headLength, end - at);
                System.arraycopy(buffer, at, head, headLength, step);
                at += step;
                octets += step;
                headLength += step;
                if (headLength == wanted) {
                    headLength = 0;
                    beginAfterHead();
                }
            }
        }
    }

    boolean headerSeen() {
        return headerSeen;
    }

    /** Returns the whole records so far. */
    long records() {
        return records;
    }

    /** Returns those of the records that came from a loopback interface. */
    long loopback() {
        return loopback;
    }

    long octets() {
        return octets;
    }

    /** Returns the octets up to the end of the last whole record. */
    long boundary() {
        return boundary;
    }

    private void beginAfterHead() throws IOException {
        if (headerSeen) {
            dataLeft = int32(8) & 0xffff_ffffL;
            if (dataLeft > LONGEST_RECORD) {
                throw new IOException("bad pcap stream: record at octet " + (octets - RECORD_HEADER)
                        + " claims a captured length of " + dataLeft);
            }
            inData = true;
            looked = 0;
            arphrd = 0;
            if (dataLeft == 0) {
                endRecord();
            }
        } else {
            beginFile();
        }
    }

    private void beginFile() throws IOException {
        bigEndian = (head[0] & 0xff) == 0xa1;
        int magic = int32(0);
        if (magic != 0xa1b2c3d4 && magic != 0xa1b23c4d) {
            throw new IOException(String.format("not a pcap stream: it begins with %08x", magic));
        }
        linkType = int32(20) & 0xffff;
        arphrdAt = linkType == LINUX_SLL2 ? 8 : linkType == LINUX_SLL ? 2 : -1;
        headerSeen = true;
        boundary = octets;
    }

    private void look(byte[] buffer, int at, int step) {
        for (int i = 0; i < step && looked < LOOK; i++, looked++) {
            if (looked == arphrdAt || looked == arphrdAt + 1) {
                arphrd = arphrd << 8 | buffer[at + i] & 0xff;
            }
        }
    }

    private void endRecord() {
        inData = false;
        boundary = octets;
        boolean cookedLoopback = arphrdAt >= 0 && looked > arphrdAt + 1 && arphrd == ARPHRD_LOOPBACK;
        if (loopbackPackets == Loopback.ALL || loopbackPackets == Loopback.BY_HEADER && cookedLoopback) {
            loopback++;
        }
        records++;
    }

    private int int32(int at) {
        int a = head[at] & 0xff;
        int b = head[at + 1] & 0xff;
        int c = head[at + 2] & 0xff;
        int d = head[at + 3] & 0xff;
        return bigEndian ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a;
    }
}
