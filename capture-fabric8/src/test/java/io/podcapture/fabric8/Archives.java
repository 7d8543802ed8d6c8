package io.podcapture.fabric8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes archives of capture files as a tar in a container would. */
final class Archives {
    /** What each file begins with, and only the first may bring along. */
    static final String HEADER = "<a header of 24 octets!>";

    private Archives() {}

    /** Makes one of files with these packets; its end is not filled up to a block of records. */
    static byte[] of(String... packets) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(octets, 512)) {
            for (int i = 0; i < packets.length; i++) {
                byte[] file = (HEADER + packets[i]).getBytes(StandardCharsets.US_ASCII);
                TarArchiveEntry entry = new TarArchiveEntry("packets.pcap" + i);
                entry.setSize(file.length);
                tar.putArchiveEntry(entry);
                tar.write(file);
                tar.closeArchiveEntry();
            }
        }
        return octets.toByteArray();
    }
}
