package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tells the format of a file by its first octets; a name says nothing. */
final class CaptureFormat {
    private CaptureFormat() {}

    /** Decompresses what is compressed. The source is closed with the reader, or if this throws. */
    static RecordReader open(OctetSource source, ByteBuffer buffer) throws IOException {
        OctetSource open = source;
        try {
            open = Compression.decompressed(source, buffer.capacity());
            return open(new CaptureInput(open, buffer));
        } catch (Throwable e) {
            closeAfter(e, open);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, OctetSource source) {
        try {
            source.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static RecordReader open(CaptureInput input) throws IOException {
        if (input.fill(4) < 4) {
            throw input.cut("capture file", "file header", 24);
        }
        input.order(ByteOrder.BIG_ENDIAN);
        int magic = (int) input.u32(0);
        if (magic == PcapngCodes.SECTION_HEADER) {
            return new PcapngReader(input);
        }
        if (PcapFileHeader.begins(magic)) {
            return new PcapReader(input);
        }
        throw PcapFormatException.unsupported(name(magic));
    }

    private static String name(int magic) {
        for (int either : new int[] {magic, Integer.reverseBytes(magic)}) {
            String refused = PcapFileHeader.refused(either);
            if (refused != null) {
                return "it is " + refused;
            }
        }
        String advice = Compression.advice(magic);
        return advice.isEmpty()
                ? "it begins with 0x" + String.format("%08x", magic) + ", which is neither pcap nor pcapng"
                : advice;
    }
}
