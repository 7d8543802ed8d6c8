package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podcapture.pcap.LinkType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisassemblyTest {
    @TempDir
    Path directory;

    @Test
    void disassembly_filter_asTcpdumpWritesIt() throws FilterSyntaxException {
        PacketFilter filter = PacketFilter.compile("udp[8] & 3 = 1", LinkType.ETHERNET, 0);

        assertThat(filter.disassembly()).isEqualTo("""
                        (000) ldh      [12]
                        (001) jeq      #0x800           jt 2	jf 11
                        (002) ldb      [23]
                        (003) jeq      #0x11            jt 4	jf 11
                        (004) ldh      [20]
                        (005) jset     #0x1fff          jt 11	jf 6
                        (006) ldxb     4*([14]&0xf)
                        (007) ldb      [x + 22]
                        (008) and      #0x3
                        (009) jeq      #0x1             jt 10	jf 11
                        (010) ret      #262144
                        (011) ret      #0
                        """);
    }

    @Test
    void program_filter_asTcpdumpWritesIt() throws FilterSyntaxException {
        PacketFilter filter = PacketFilter.compile("ip", LinkType.ETHERNET, 96);

        assertThat(filter.program()).isEqualTo("4\n40 0 0 12\n21 0 1 2048\n6 0 0 96\n6 0 0 0\n");
    }

    @Test
    void text_eachProgramOfTcpdump_isTcpdumpsOwn() throws Exception {
        assumeThat(FilterTable.isHere()).as("the table is here").isTrue();
        assumeThat(Tcpdump.isHere()).as("tcpdump is here").isTrue();
        List<String> different = new ArrayList<>();
        int compared = 0;

        List<FilterTable.Row> rows = FilterTable.rows();
        for (int i = 0; i < rows.size(); i += Boolean.getBoolean("podcapture.soak") ? 1 : 11) {
            String[] arguments = {"-y", "EN10MB", "-O", "-d", "--", rows.get(i).expression()};
            Tcpdump.Answer text = Tcpdump.run(directory, arguments);
            arguments[3] = "-ddd";
            Tcpdump.Answer numbers = Tcpdump.run(directory, arguments);
            // Names of what only Linux has are written in place of offsets.
            if (text.accepted() && !text.text().matches("(?s).*\\[(type|ifidx)\\].*")) {
                Disassembly disassembly = new Disassembly(program(numbers.text()));
                compared++;
                if (!disassembly.text().equals(text.text())
                        || !disassembly.numbers().equals(numbers.text())) {
                    different.add(rows.get(i).expression() + ":\n" + disassembly.text() + "not\n" + text.text());
                }
            }
        }

        assertThat(different).isEmpty();
        assertThat(compared).isPositive();
    }

    private static List<Instruction> program(String numbers) throws IOException {
        List<Instruction> program = new ArrayList<>();
        List<String> lines = numbers.lines().toList();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(" ");
            program.add(new Instruction(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseUnsignedInt(fields[3])));
        }
        return program;
    }
}
