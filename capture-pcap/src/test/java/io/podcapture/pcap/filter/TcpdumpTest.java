package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.TestShare;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same filters on the same packets as tcpdump: a few of the table's filters, all of them in the profile {@code soak}.
 * Skipped where tcpdump or the corpus is not here.
 */
class TcpdumpTest {
    private static final String IMPOSSIBLE = "expression rejects all packets";
    private static final boolean SOAK = Boolean.getBoolean("podcapture.soak");

    @TempDir
    Path directory;

    private int compared;
    private int undecided;
    private int impossibleHere;
    private int impossibleThere;

    @BeforeEach
    void isHere() {
        assumeThat(FilterTable.isHere()).as("the corpus is here").isTrue();
        assumeThat(Tcpdump.isHere()).as("tcpdump is here").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, BIG_ENDIAN",
        "113, BIG_ENDIAN",
        "276, BIG_ENDIAN",
        "101, BIG_ENDIAN",
        "228, BIG_ENDIAN",
        "229, BIG_ENDIAN",
        "0, LITTLE_ENDIAN",
        "0, BIG_ENDIAN",
        "108, LITTLE_ENDIAN",
        "9, BIG_ENDIAN",
        "104, BIG_ENDIAN",
        "239, BIG_ENDIAN"
    })
    void matches_packetsOfTheCorpus_whatTcpdumpDoes(int number, String order) throws Exception {
        ByteOrder byteOrder = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        PacketSet packets = packets(new LinkType(number), byteOrder);
        Path file = directory.resolve("packets.pcap");
        packets.write(file);
        List<String> differences = new ArrayList<>();

        List<FilterTable.Row> rows = FilterTable.rows();
        for (int i = number % 7; i < rows.size(); i += SOAK ? 1 : TestShare.isLarge() ? 29 : 58) {
            compare(rows.get(i).expression(), packets, file, differences);
        }

        tell("link type " + number + " " + order + ": " + packets.size() + " packets, " + compared
                + " filters on them equal to tcpdump, " + undecided
                + " answers where tcpdump differs from tcpdump -O, " + differences.size() + " differences");
        assertThat(differences).isEmpty();
        assertThat(compared).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1, BIG_ENDIAN", "113, BIG_ENDIAN", "276, BIG_ENDIAN", "101, BIG_ENDIAN", "0, LITTLE_ENDIAN"})
    void matches_randomFilters_whatTcpdumpDoes(int number, String order) throws Exception {
        ByteOrder byteOrder = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        PacketSet packets = packets(new LinkType(number), byteOrder).sample(1500);
        Path file = directory.resolve("packets.pcap");
        packets.write(file);
        List<String> differences = new ArrayList<>();

        RandomFilters filters = new RandomFilters(Long.getLong("podcapture.fuzz.seed", 1) + number);
        int count = SOAK ? 2_000 : TestShare.of(25, 10);
        for (int i = 0; i < count; i++) {
            compare(filters.filter(), packets, file, differences);
        }

        tell("link type " + number + ": " + packets.size() + " packets, " + count + " random filters, "
                + compared + " compiled, " + undecided
                + " answers where tcpdump differs from tcpdump -O, impossible only here "
                + impossibleHere + ", there " + impossibleThere);
        differences.forEach(TcpdumpTest::tell);
        assertThat(differences).isEmpty();
    }

    private static void tell(String figures) {
        if (SOAK) {
            System.out.println(figures);
        }
    }

    private static PacketSet packets(LinkType linkType, ByteOrder byteOrder) throws IOException {
        PacketSet packets = new PacketSet(linkType, byteOrder).addCorpus();
        PacketSet ethernet = new PacketSet(LinkType.ETHERNET, ByteOrder.BIG_ENDIAN).addCorpus();
        new Rewriting().add(ethernet, packets);
        return packets.addCut(linkType.number());
    }

    private void compare(String expression, PacketSet packets, Path file, List<String> differences)
            throws IOException, InterruptedException {
        if (expression.equals("host localhost")) {
            return;
        }
        Tcpdump.Answer optimized = Tcpdump.run(directory, "-r", file.toString(), "-w", "-", "--", expression);
        PacketFilter filter;
        try {
            filter = PacketFilter.compile(expression, packets.linkType, 0, packets.byteOrder);
        } catch (FilterSyntaxException e) {
            if (optimized.accepted()
                    && e.reason().startsWith(IMPOSSIBLE)
                    && PacketSet.read(optimized.output()).isEmpty()) {
                impossibleHere++;
            } else if (optimized.accepted()) {
                differences.add(expression + ": refused here, " + e.getMessage());
            }
            return;
        }
        if (!optimized.accepted()) {
            if (optimized.error().contains(IMPOSSIBLE)
                    && packets.matching(filter).isEmpty()) {
                impossibleThere++;
                tell("impossible there: " + expression);
            } else {
                differences.add(expression + ": refused by tcpdump, " + optimized.error());
            }
            return;
        }
        Tcpdump.Answer plain = Tcpdump.run(directory, "-O", "-r", file.toString(), "-w", "-", "--", expression);
        BitSet most = PacketSet.read(optimized.output());
        BitSet least = PacketSet.read(plain.output());
        BitSet ours = packets.matching(filter);
        compared++;
        BitSet tooFew = (BitSet) least.clone();
        tooFew.and(most);
        tooFew.andNot(ours);
        BitSet tooMany = (BitSet) ours.clone();
        tooMany.andNot(most);
        tooMany.andNot(least);
        if (!tooFew.isEmpty() || !tooMany.isEmpty()) {
            differences.add(expression + ": not matched here " + tooFew + ", matched only here " + tooMany);
        }
        most.xor(least);
        undecided += most.cardinality();
    }
}
