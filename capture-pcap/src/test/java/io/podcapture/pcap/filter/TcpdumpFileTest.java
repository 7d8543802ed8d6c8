package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PcapFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the corpus that are whole, filtered into files by us and by tcpdump. Skipped where these are not here. */
class TcpdumpFileTest {
    private static final Path FILES = FilterTable.CORPUS.resolve("tcpdump");
    private static final Set<LinkType> LINK_TYPES =
            Set.of(LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.RAW, LinkType.NULL);

    private static final byte[] MAGIC = {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1};

    @TempDir
    Path directory;

    @Test
    void filter_ofAWholeFileOfMicroseconds_givesTheOctetsOfTcpdump() throws Exception {
        assumeThat(FILES).as("the corpus is here").exists();
        assumeThat(Tcpdump.isHere()).as("tcpdump is here").isTrue();
        Path ours = directory.resolve("ours");
        Path theirs = directory.resolve("theirs");
        int compared = 0;
        for (Path file : files()) {
            for (String expression : List.of("ip", "not udp port 53", "greater 100")) {
                if (Tcpdump.run(directory, "-r", file.toString(), "-w", theirs.toString(), expression)
                        .accepted()) {
                    PacketFiles.filter(file, expression).writeTo(ours);
                    assertThat(ours).as(file + " " + expression).hasSameBinaryContentAs(theirs);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FILES)) {
            return all.sorted().filter(TcpdumpFileTest::isWhole).limit(60).toList();
        }
    }

    /** Whether nothing is to be put right: in this machine's byte order, undamaged, and no packet above the snaplen. */
    private static boolean isWhole(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(24);
            // Above the link type a header may have a length of frame checks; tcpdump copies what else is there.
            boolean plain = header.length == 24 && header[22] == 0 && header[23] == 0;
            if (!plain || !Arrays.equals(header, 0, 4, MAGIC, 0, 4)) {
                return false;
            }
            var report = PacketFiles.statistics(file).read();
            return report.reading().whole()
                    && report.reading().normalizedTimes() == 0
                    && report.reading().raisedLengths() == 0
                    && report.interfaces().size() == 1
                    && LINK_TYPES.contains(
                            report.interfaces().get(0).description().linkType())
                    && fitsSnaplen(file);
        } catch (PcapFormatException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static boolean fitsSnaplen(Path file) throws IOException {
        try (PacketCursor packets = PacketCursor.open(file)) {
            while (packets.next()) {
                if (packets.capturedLength() > packets.interfaceDescription().snaplen()) {
                    return false;
                }
            }
            return true;
        }
    }
}
