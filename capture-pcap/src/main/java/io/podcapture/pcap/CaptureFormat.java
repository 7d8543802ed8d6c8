package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteOrder;

/** Tells the format of a file by its first octets; a name says nothing. */
final class CaptureFormat {
    private CaptureFormat() {}

    static RecordReader open(CaptureInput input) throws IOException {
        int available = input.fill(4);
        if (available < 4) {
            throw PcapFormatException.truncated("capture file", "file header", 0, 24, available);
        }
        input.order(ByteOrder.BIG_ENDIAN);
        int magic = (int) input.u32(0);
        if (magic == PcapngCodes.SECTION_HEADER) {
            return new PcapngReader(input);
        }
        if (PcapReader.accepts(magic) || PcapReader.accepts(Integer.reverseBytes(magic))) {
            return PcapReader.open(input, magic);
        }
        throw PcapFormatException.unsupported(name(magic));
    }

    private static String name(int magic) {
        if (magic >>> 16 == 0x1f8b) {
            return "it is compressed with gzip; decompress it with gunzip first";
        }
        if (magic >>> 8 == 0x425a68) {
            return "it is compressed with bzip2; decompress it with bunzip2 first";
        }
        return switch (magic) {
            case 0x28b52ffd -> "it is compressed with zstd; decompress it with unzstd first";
            case 0x04224d18 -> "it is compressed with lz4; decompress it with unlz4 first";
            case 0xfd377a58 -> "it is compressed with xz; decompress it with unxz first";
            default -> "it begins with 0x" + String.format("%08x", magic) + ", which is neither pcap nor pcapng";
        };
    }
}
