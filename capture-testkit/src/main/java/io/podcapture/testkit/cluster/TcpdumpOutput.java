package io.podcapture.testkit.cluster;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PcapWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Where tcpdump writes packets: to standard output, into a file, or into files that take turns. For one thread. */
final class TcpdumpOutput implements Closeable {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    private final TcpdumpStart start;
    private final TcpdumpArguments arguments;
    private final LinkType linkType;
    private final OutputStream standard;
    private PcapWriter writer;
    private boolean toFile;
    private long octets;
    private long number;

    /**
     * Opens the first.
     *
     * @param standard the standard output, which is not closed
     * @throws TcpdumpArguments.Refused if it cannot be opened, with the system's reason
     */
    TcpdumpOutput(TcpdumpStart start, TcpdumpArguments arguments, LinkType linkType, OutputStream standard)
            throws IOException, TcpdumpArguments.Refused {
        this.start = start;
        this.arguments = arguments;
        this.linkType = linkType;
        this.standard = standard;
        this.writer = open();
    }

    private PcapWriter open() throws IOException, TcpdumpArguments.Refused {
        String file = arguments.files().file(number);
        octets = FILE_HEADER;
        toFile = !file.equals("-");
        return PcapWriter.builder(linkType).snaplen(arguments.snaplen()).open(toFile ? create(file) : standard);
    }

    private OutputStream create(String file) throws IOException, TcpdumpArguments.Refused {
        try {
            return start.create(file);
        } catch (NoSuchFileException e) {
            throw new TcpdumpArguments.Refused(file + ": No such file or directory");
        } catch (AccessDeniedException e) {
            throw new TcpdumpArguments.Refused(file + ": Permission denied");
        } catch (FileSystemException e) {
            throw new TcpdumpArguments.Refused(file + ": " + e.getReason());
        }
    }

    /**
     * Writes a packet, into the next file if the one before it has made this one too large.
     *
     * @throws TcpdumpArguments.Refused if the next file cannot be opened
     */
    void write(SimulatedFrame frame) throws IOException, TcpdumpArguments.Refused {
        if (octets > arguments.files().octets()) {
            close();
            number = (number + 1) % arguments.files().count();
            writer = open();
        }
        int kept = Math.min(arguments.snaplen(), frame.length());
        writer.write(frame.timestampNanos(), frame.octets().slice(0, kept), frame.length());
        octets += RECORD_HEADER + kept;
        if (arguments.has("-U")) {
            writer.flush();
        }
    }

    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        if (toFile) {
            writer.close();
        } else {
            // Closed, it would end the process's output before its status is known.
            writer.flush();
        }
    }
}
