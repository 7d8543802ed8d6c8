package com.example.tail;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PcapWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A capture file that a test writes, a packet at a time. For one thread. */
final class GrowingFile implements AutoCloseable {
    /** Octets before the text of a packet. */
    static final int HEADERS = 14 + 20 + 8;

    private final Path path;
    private final PcapWriter out;
    private int numbered;
    private long time;

    GrowingFile(Path path) throws IOException {
        this.path = path;
        this.out = PcapWriter.builder(LinkType.ETHERNET).open(path);
        out.flush();
    }

    Path path() {
        return path;
    }

    /** Appends datagrams as the contract wants them. */
    void sendNumbered(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            append("packet-" + numbered++);
        }
    }

    /** Appends a datagram; it is in the file when this returns. */
    void append(String text) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEADERS + text.length());
        frame.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(14 + 9, (byte) 17);
        frame.put(HEADERS, text.getBytes(StandardCharsets.US_ASCII));
        time += 1_000_000;
        out.write(time, frame, frame.capacity());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
