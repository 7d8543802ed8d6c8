package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCheckTest {
    private static final Pattern SYNTAX = Pattern.compile("syntax error");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp prt 80|5",
                "tcp) or (udp|4",
                "(tcp|5",
                "tcp and|8",
                "host a and (|13",
                "tcp port 80 #|13",
                "tcp host 10.0.0.1|10",
                "tcp host cart|10",
                "arp host cart) or (udp|14",
                "ip6 host cart and tcp prt 80|23",
                "net 10.0.0.1/8|5",
                "decnet net 10.0.0.1/8|12",
                "host a and ifindex and (udp|28",
                "tcp vxlanfoo|5",
                "inbound) or (udp|8",
                "port nosuch) or (udp|12",
                "inbound and (tcp|17",
                "ip[0:3] = 1|6",
                "ip port 80|9"
            })
    void check_whatNoLibpcapTakes_isRefusedAtItsColumn(String expression, int column) {
        assertThat(refusal(expression)).isEqualTo(column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host no-such.example",
                "host cart",
                "src host cart or db",
                "arp host cart",
                "arp host cart or db",
                "rarp src cart",
                "rarp src or dst host cart",
                "ip host cart",
                "ip6 host cart",
                "ip6 host cart and arp host db",
                "port no-such-port",
                "vxlan",
                "vxlan 100",
                "host geneve",
                "host ifindex or tcp",
                "port 1.2",
                "host a and vxlan 100 and tcp",
                "inbound and tcp",
                "ifindex 3",
                "ifindex 2 and tcp",
                "not ifindex 0x2",
                "tcp and (ifindex 2 or ifindex 3)",
                "host cart and ifindex 2",
                "host cart or ifindex or db",
                "host cart or ifindex",
                "decnet net 10.0.0.0/8",
                "decnet src net 10.0.0.0 mask 255.0.0.0",
                "decnet net 10.1",
                "decnet host 1.2",
                "decnet src cart",
                "type mgt subtype beacon",
                "on eth0 and rnr 3",
                "vpi 3",
                "tcp and udp and less 10 and greater 100",
                "ether host cart",
                "gateway cart",
                "net lan"
            })
    void check_whatAnotherLibpcapMayTake_isLeftToIt(String expression) {
        assertThatCode(() -> PacketFilter.check(expression)).doesNotThrowAnyException();
    }

    @Test
    void check_eachFilterOfTheTable_refusesNoneThatLibpcapTakesAnywhere() throws IOException {
        assumeThat(FilterTable.isHere()).as("the table is here").isTrue();
        List<String> wronglyRefused = new ArrayList<>();
        int syntaxErrors = 0;
        int refused = 0;

        for (FilterTable.Row row : FilterTable.rows()) {
            boolean fails = refusal(row.expression()) > 0;
            if (fails && row.isAcceptedSomewhere()) {
                wronglyRefused.add(row.expression());
            }
            if (row.answers().values().stream()
                    .allMatch(answer -> SYNTAX.matcher(answer).find())) {
                syntaxErrors++;
                refused += fails ? 1 : 0;
            }
        }

        assertThat(wronglyRefused).isEmpty();
        assertThat(syntaxErrors).isPositive();
        assertThat(refused).isGreaterThanOrEqualTo(syntaxErrors * 9 / 10);
    }

    private static int refusal(String expression) {
        try {
            PacketFilter.check(expression);
            return 0;
        } catch (FilterSyntaxException e) {
            assertThat(e.isMalformed()).isTrue();
            return e.column();
        }
    }
}
