package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketRoutingTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void route_ofTheCorpus_writesWhatEachFilterAloneWrites(OutputFormat format) throws Exception {
        assumeThat(Corpus.isHere()).as("the corpus is here").isTrue();
        int compared = 0;
        for (Path file : Corpus.smallFiles(format, List.of(OutputFormat.values()))) {
            Path one = directory.resolve("one");
            try {
                PacketFiles.filter(file, "tcp").format(format).writeTo(one);
                PacketFiles.filter(file, "len > 60").format(format).writeTo(directory.resolve("two"));
                // One after the other: in a cut packet "tcp or len > 60" may match less than either.
                PacketFiles.filter(file, "tcp").invert().format(format).writeTo(directory.resolve("others"));
                PacketFiles.filter(directory.resolve("others"), "len > 60")
                        .invert()
                        .format(format)
                        .writeTo(directory.resolve("three"));
            } catch (FilterSyntaxException | CaptureOutputException | PcapFormatException e) {
                continue;
            }
            RoutingReport report = PacketFiles.route(file)
                    .to("tcp", directory.resolve("tcp"))
                    .to("len > 60", directory.resolve("long"))
                    .rest(directory.resolve("rest"))
                    .format(format)
                    .write();

            assertThat(directory.resolve("tcp")).as("%s", file).hasSameBinaryContentAs(one);
            assertThat(directory.resolve("long")).as("%s", file).hasSameBinaryContentAs(directory.resolve("two"));
            assertThat(octets(directory.resolve("rest"))).as("%s", file).isEqualTo(octets(directory.resolve("three")));
            long read = report.rest().orElseThrow().packetsRead();
            assertThat(report.outputs()).allMatch(each -> each.copy().packetsRead() == read);
            compared++;
        }
        assertThat(compared).isGreaterThan(10);
    }

    private static List<ByteBuffer> octets(Path file) throws IOException {
        return Samples.packets(file).stream().map(Packet::data).toList();
    }

    @Test
    void route_ofAWindow_leavesTheOthersOutOfAll() throws IOException {
        Path file = Samples.file(directory, "in", Samples.pcap(1, 1, 2, 3, 4));

        PacketFiles.route(file)
                .to("len > 9999", directory.resolve("none"))
                .rest(directory.resolve("rest"))
                .between(Instant.EPOCH, Instant.EPOCH.plusNanos(2_000))
                .write();

        assertThat(Samples.packets(directory.resolve("none"))).isEmpty();
        assertThat(Samples.packets(directory.resolve("rest")).size()).isLessThan(4);
    }

    @Test
    void route_wrongFilter_leavesNoFile() throws IOException {
        Path file = Samples.file(directory, "in", Samples.pcap(1, 1));
        Path good = directory.resolve("good");

        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> PacketFiles.route(file)
                        .to("tcp", good)
                        .to("udp prot 53", directory.resolve("bad"))
                        .write());

        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void route_outputThatFails_leavesNoFile() throws IOException {
        Path file = Samples.file(directory, "in", Samples.pcap(1, 1));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("full");
            }
        };

        assertThatExceptionOfType(CaptureOutputException.class)
                .isThrownBy(() -> PacketFiles.route(file)
                        .to("len > 0", CaptureSink.stream(full))
                        .rest(directory.resolve("rest"))
                        .write());

        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    /** Of a stream that takes all and then fails to say that it has it, nothing is known before the end. */
    @Test
    void route_lastOutputThatFailsAtItsEnd_leavesNoFile() throws IOException {
        Path file = Samples.file(directory, "in", Samples.pcap(1, 1));
        OutputStream lost = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                throw new IOException("lost");
            }
        };

        assertThatIOException()
                .isThrownBy(() -> PacketFiles.route(file)
                        .to("len > 0", directory.resolve("one"))
                        .to("len > 1", directory.resolve("two"))
                        .rest(CaptureSink.stream(lost))
                        .write())
                .withMessageContaining("lost");

        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void route_fileThatCannotHaveItsName_leavesTheOthersWhole() throws IOException {
        Path file = Samples.file(directory, "in", Samples.pcap(1, 1));
        Path taken = directory.resolve("taken");
        OutputStream blocking = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                Files.createDirectories(taken.resolve("child"));
            }
        };

        assertThatExceptionOfType(CaptureOutputException.class)
                .isThrownBy(() -> PacketFiles.route(file)
                        .to("len > 0", taken)
                        .to("len > 1", directory.resolve("two"))
                        .rest(CaptureSink.stream(blocking))
                        .write())
                .satisfies(thrown -> assertThat(Samples.packets(thrown.prefix().orElseThrow()))
                        .hasSize(1));

        assertThat(Samples.packets(directory.resolve("two"))).hasSize(1);
    }

    @Test
    void route_inner_goesByWhatPacketsCarry() throws IOException {
        Path file = directory.resolve("in");
        byte[] vxlan = Samples.octets(
                "020000000003 020000000004 0800",
                "45000050 00000000 4011 0000 c0a80001 c0a80002",
                "c001 12b5 003c 0000 0800 0000 0000 0100",
                HexFormat.of().formatHex(Samples.UDP));
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            for (byte[] packet : List.of(vxlan, Samples.ARP, Samples.UDP)) {
                writer.write(0, ByteBuffer.wrap(packet), packet.length);
            }
        }
        Path port53 = directory.resolve("53");
        Path port54 = directory.resolve("54");
        Path rest = directory.resolve("rest");

        PacketFiles.route(file)
                .to("udp port 53", port53)
                .to("udp port 54", port54)
                .rest(rest)
                .inner()
                .write();

        assertThat(octets(port53)).containsExactly(ByteBuffer.wrap(vxlan), ByteBuffer.wrap(Samples.UDP));
        assertThat(octets(port54)).isEmpty();
        assertThat(octets(rest)).containsExactly(ByteBuffer.wrap(Samples.ARP));

        PacketFiles.route(file).to("udp port 53", port53).rest(rest).write();
        assertThat(octets(port53)).containsExactly(ByteBuffer.wrap(Samples.UDP));
    }

    @ParameterizedTest
    @EnumSource
    void route_atDamage_doesAsSaid(DamagePolicy policy) throws IOException {
        int damaged = 100;
        byte[] octets = Samples.pcap(1, LongStream.range(0, 200).toArray());
        ByteBuffer.wrap(octets).putInt(24 + damaged * (16 + 60) + 8, -1);
        Path file = Samples.file(directory, "in", octets);
        Path even = directory.resolve("even");
        Path odd = directory.resolve("odd");
        PacketRouting routing = PacketFiles.route(file)
                .to("ether[7] & 1 = 0", even)
                .to("ether[7] & 1 = 1", odd)
                .onDamage(policy);

        if (policy == DamagePolicy.HALT) {
            assertThatExceptionOfType(PcapFormatException.class)
                    .isThrownBy(routing::write)
                    .withMessageContaining(file.toString());
            assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
            return;
        }
        RoutingReport report = routing.write();

        assertThat(report.outputs())
                .allSatisfy(each ->
                        assertThat(each.copy().reading().damagedPlaces()).isEqualTo(1));
        boolean goesOn = policy == DamagePolicy.RESYNC;
        assertThat(Samples.packets(even)).hasSize(goesOn ? 99 : 50);
        assertThat(Samples.packets(odd)).hasSize(goesOn ? 100 : 50);
    }

    @Test
    void route_wrongUse_isRefused() throws IOException {
        Path file = Samples.file(directory, "in", Samples.pcap(1, 1));
        Path out = directory.resolve("out");

        assertThatIllegalStateException()
                .isThrownBy(() -> PacketFiles.route(file).write());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.route(file).to("tcp", out).rest(out));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.route(file)
                        .to("tcp", CaptureSink.file(out))
                        .to(
                                "udp",
                                CaptureSink.syncedFile(
                                        directory.resolve("dir").resolve("..").resolve("out"))))
                .withMessageContaining("out is to be written twice");
        CaptureSink stream = CaptureSink.stream(OutputStream.nullOutputStream());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.route(file).to("tcp", stream).rest(stream))
                .withMessageContaining("written twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.route(file).to("tcp port 80"))
                .withMessageContaining("to(\"tcp port 80\") has no output");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.route(file).rest())
                .withMessageContaining("rest() has no output");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.route(file).to("tcp", file).write());
    }
}
