package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.LinkType;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long texts made to take long: what each term takes does not grow with their number, nor a method's code. */
class HostileFilterTest {
    private static final int TEXT = (Boolean.getBoolean("podcapture.soak") ? 64 : 16) * 1024;

    /** What HotSpot still compiles. */
    private static final int MOST_OCTETS = 8_000;

    /** For each place of the graph as the text has it; most take four. */
    private static final int MOST_STEPS = 40;

    /** What follows the last term. */
    private static final Map<String, String> LAST =
            Map.of("equalities and", " or tcp[0:2] = 60000", "protocols", " or ip");

    private static final Map<String, IntFunction<String>> TERMS = Map.ofEntries(
            Map.entry("hosts", i -> or(i) + "host " + address(i)),
            Map.entry("hosts and hosts", i -> turn(i) + "host " + address(i)),
            Map.entry("no hosts", i -> (i % 2 == 0 ? or(i) : " and not ") + "host " + address(i)),
            Map.entry("ports", i -> or(i) + "port " + i % 65_536),
            Map.entry("ports and ports", i -> turn(i) + "port " + i % 65_536),
            Map.entry("groups", i -> (i == 0 ? "" : " and ") + "(host " + address(i) + " or port " + i % 65_536 + ")"),
            Map.entry("hosts of IPv6", i -> or(i) + "host fe80::" + Integer.toHexString(i)),
            Map.entry("tags", i -> or(i) + "vlan and host " + address(i)),
            Map.entry("equalities and", i -> (i == 0 ? "" : " and ") + "tcp[0:2] = " + (i + 1)),
            Map.entry("lengths", i -> turn(i) + "len > " + i),
            Map.entry("values", i -> turn(i) + "len & " + i + " = " + i % 7),
            Map.entry("octets", i -> turn(i) + "ether[" + i % 5 + "] = " + i % 251),
            Map.entry("arithmetic", i -> turn(i) + "tcp[" + i % 40 + "] + " + i + " > tcp[" + i % 9 + ":2]"),
            Map.entry(
                    "protocols",
                    i -> turn(i)
                            + List.of("ip", "arp", "ip6", "tcp", "udp", "iso", "ipx")
                                    .get(i % 7)));

    static Stream<String> terms() {
        return TERMS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("terms")
    void take_manyTerms_takesStepsInProportion(String name) throws Exception {
        for (int length : new int[] {TEXT / 8, TEXT}) {
            Compilation compilation = new Compilation(text(name, length), Link.ETHERNET, ByteOrder.LITTLE_ENDIAN, null);
            Graph graph = new Graph(new Parser(compilation).parse());
            int places = graph.inOrder().size();
            Shortcuts shortcuts = new Shortcuts(graph, compilation.questions, true);

            shortcuts.take();

            assertThat(shortcuts.isExhausted()).isFalse();
            assertThat(shortcuts.stepsTaken()).isLessThan(MOST_STEPS * places);
        }
    }

    @ParameterizedTest
    @MethodSource("terms")
    void compile_manyTerms_isMethodsThatHotSpotCompiles(String name) throws Exception {
        List<Instruction> program =
                PacketFilter.compile(text(name, TEXT), LinkType.ETHERNET, 0).instructions();
        Flow flow = EqualTests.gathered(KnownTests.leftOut(FlowBuilder.blocks(program)), new MemberTables());
        Optional<byte[]> file = FilterClass.of(flow, NeededValues.of(flow.blocks()));

        // What is larger than a class is interpreted.
        file.ifPresent(octets -> assertThat(MethodSizes.of(octets)).allMatch(size -> size < MOST_OCTETS));
    }

    private static String text(String name, int length) {
        IntFunction<String> term = TERMS.get(name);
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append(term.apply(i));
        }
        return text.append(LAST.getOrDefault(name, "")).toString();
    }

    private static String or(int i) {
        return i == 0 ? "" : " or ";
    }

    private static String turn(int i) {
        return i == 0 ? "" : i % 2 == 0 ? " and " : " or ";
    }

    private static String address(int i) {
        return "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255);
    }
}
