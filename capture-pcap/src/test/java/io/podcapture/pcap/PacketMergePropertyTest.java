package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class PacketMergePropertyTest {
    private Path directory;

    PacketMergePropertyTest() throws IOException {
        directory = Files.createTempDirectory("merge");
    }

    @BeforeProperty
    void directory() throws IOException {
        Files.createDirectories(directory);
    }

    @AfterProperty
    void clean() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 200)
    void merge_ofSortedInputs_equalsAStableSort(
            @ForAll @Size(min = 1, max = 9) List<@Size(max = 12) List<@LongRange(min = 0, max = 20) Long>> inputs)
            throws IOException {
        PacketMerge merge = PacketFiles.merge();
        List<Seen> expected = new ArrayList<>();
        for (int tag = 0; tag < inputs.size(); tag++) {
            long[] micros =
                    inputs.get(tag).stream().mapToLong(Long::longValue).sorted().toArray();
            merge.input(Samples.file(directory, "in" + tag, Samples.pcap(tag, micros)));
            for (int i = 0; i < micros.length; i++) {
                expected.add(new Seen(micros[i] * 1_000, tag, i));
            }
        }
        expected.sort(Comparator.comparingLong(Seen::nanos));
        Path output = directory.resolve("out");

        MergeReport report = merge.writeTo(output);

        assertThat(Samples.packets(output)).extracting(Seen::of).containsExactlyElementsOf(expected);
        assertThat(report.packetsWritten()).isEqualTo(expected.size());
        assertThat(report.inputs()).allMatch(input -> input.outOfOrder() == 0);
    }

    private record Seen(long nanos, int tag, int position) {
        static Seen of(Packet packet) {
            return new Seen(
                    packet.timestampNanos(),
                    packet.data().getInt(0),
                    packet.data().getInt(4));
        }
    }
}
