package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.filter.NameResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses may change while an operation runs: it asks for each name once. */
class NamedHostsTest {
    private static final int RAW_OFFSET = 14;

    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private Path ethernet;
    private Path raw;
    private Path output;

    @BeforeEach
    void files() throws IOException {
        ethernet = Samples.byTurns(directory.resolve("ethernet"), 0, 1, 4);
        raw = directory.resolve("raw");
        try (PcapWriter writer = PcapWriter.builder(LinkType.RAW).open(raw)) {
            int length = Samples.UDP.length - RAW_OFFSET;
            writer.write(0, ByteBuffer.wrap(Samples.UDP, RAW_OFFSET, length), length);
        }
        output = directory.resolve("out");
    }

    /** Has an answer that packets match once only. */
    private NameResolver changing() throws UnknownHostException {
        InetAddress cart = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        InetAddress later = InetAddress.getByAddress(new byte[] {10, 9, 9, 9});
        return host -> {
            asked.add(host);
            return List.of(asked.size() == 1 ? cart : later);
        };
    }

    @Test
    void merge_ofSeveralInputsAndLinkTypes_asksOnce() throws IOException {
        MergeReport report = PacketFiles.merge(ethernet, raw, ethernet)
                .filter("udp and host cart")
                .inner()
                .resolver(changing())
                .writeTo(output);

        assertThat(asked).containsExactly("cart");
        assertThat(report.packetsWritten()).isEqualTo(5);
    }

    @Test
    void route_ofSeveralBranches_asksOnce() throws IOException {
        RoutingReport report = PacketFiles.route(ethernet)
                .to("src host cart", output)
                .to("udp and host cart", directory.resolve("udp"))
                .rest(directory.resolve("rest"))
                .resolver(changing())
                .write();

        assertThat(asked).containsExactly("cart");
        assertThat(report.outputs())
                .extracting(each -> each.copy().packetsWritten())
                .containsExactly(2L, 2L);
        assertThat(report.rest().orElseThrow().packetsWritten()).isEqualTo(2);
    }

    @Test
    void selectionAndSlice_ofSeveralLinkTypes_askOnce() throws IOException {
        Path both = directory.resolve("both");
        PacketFiles.merge(raw, ethernet).writeTo(both);

        assertThat(PacketFiles.filter(both, "host cart")
                        .resolver(changing())
                        .writeTo(output)
                        .copy()
                        .packetsWritten())
                .isEqualTo(3);
        assertThat(asked).containsExactly("cart");
        asked.clear();
        assertThat(PacketFiles.slice(both)
                        .filter("host cart")
                        .resolver(changing())
                        .writeTo(output)
                        .copy()
                        .packetsWritten())
                .isEqualTo(3);
        assertThat(asked).containsExactly("cart");
    }
}
