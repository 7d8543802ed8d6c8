package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Compressed files, known by their first octets: gzip is decompressed, of the others is said what to do.
 *
 * <p>Sources: RFC 1952 (gzip), RFC 8878 (zstd), lz4_Frame_format.md of lz4, the .xz file format, section 2.1.1.1.
 */
final class Compression {
    private static final int GZIP_MAGIC = 0x1f8b;

    private Compression() {}

    /** What the file holds once it is decompressed. Is to be closed in place of the source. */
    static OctetSource decompressed(OctetSource source, int bufferOctets) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(2);
        if (source instanceof FileSource file) {
            boolean gzip = file.read(magic, 0) == 2 && (magic.getShort(0) & 0xffff) == GZIP_MAGIC;
            if (!gzip) {
                return file;
            }
            // Less than a whole buffer has one of many inputs, which would be as many threads.
            return bufferOctets < PacketCursor.BUFFER_OCTETS
                    ? new GzipInTurn(file, bufferOctets)
                    : new GzipSource(file.alone(), bufferOctets);
        }
        while (magic.hasRemaining()) {
            int before = magic.position();
            int count = source.readSome(magic);
            if (count < 0) {
                break;
            }
            magic.position(before + count);
        }
        boolean gzip = !magic.hasRemaining() && (magic.getShort(0) & 0xffff) == GZIP_MAGIC;
        OctetSource whole = new OctetSource.Prefixed(magic.flip(), source);
        return gzip ? new GzipSource(whole, bufferOctets) : whole;
    }

    /** What to do about a file that begins with these four octets; empty if none of the kinds known here does. */
    static String advice(int magic) {
        if (magic >>> 16 == GZIP_MAGIC) {
            return "it is compressed with gzip where that is not decompressed here; decompress it with gzip -d first";
        }
        if (magic >>> 8 == 0x425a68) {
            return "it is compressed with bzip2; decompress it with bzip2 -d first";
        }
        // Skippable frames are common to zstd and lz4; lz4 -d refuses a file of zstd and says so.
        if ((magic & 0xf0ffffff) == 0x502a4d18) {
            return "it is compressed with zstd or lz4; decompress it with zstd -d first";
        }
        return switch (magic) {
            case 0x28b52ffd -> "it is compressed with zstd; decompress it with zstd -d first";
            case 0x04224d18, 0x02214c18 -> "it is compressed with lz4; decompress it with lz4 -d first";
            case 0xfd377a58 -> "it is compressed with xz; decompress it with xz -d first";
            default -> "";
        };
    }
}
