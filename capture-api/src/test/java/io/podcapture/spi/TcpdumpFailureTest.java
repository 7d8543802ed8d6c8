package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpdumpFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "TOOL_MISSING|127|podcapture: 1: exec: tcpdump: not found",
                "TOOL_MISSING|127|podcapture: exec: line 0: tcpdump: not found",
                "TOOL_MISSING|127|podcapture: line 1: exec: tcpdump: not found",
                "TOOL_MISSING|126|podcapture: 1: exec: tcpdump: Permission denied",
                "INTERFACE_NOT_FOUND|1|tcpdump: eth0: No such device exists;(No such device exists)",
                "INTERFACE_NOT_FOUND|1|tcpdump: eth0: No such device exists;(SIOCGIFHWADDR: No such device)",
                "PROCESS_FAILED|1|tcpdump: eth0: You don't have permission to perform this capture on that device;"
                        + "(socket: Operation not permitted)",
                "PROCESS_FAILED|1|tcpdump: eth0: You don't have permission to capture on that device;"
                        + "(Attempt to create packet socket failed - CAP_NET_RAW may be required)",
                "PROCESS_FAILED|1|tcpdump: Couldn't change to 'tcpdump' uid=100 gid=102: Operation not permitted",
                "PROCESS_FAILED|1|tcpdump: Couldn't find user 'tcpdump'",
                "PROCESS_FAILED|1|tcpdump: eth0: That device is not up",
                "PROCESS_FAILED|137|Killed",
                "PROCESS_FAILED|1|nsenter: cannot open /proc/42/ns/net: No such file or directory",
            })
    void of_knownWords_givesReasonWithTheWords(FailureReason reason, int status, String words) {
        CaptureException failure =
                TcpdumpFailure.of(Requests.of("eth0", "tcp port 80"), status, List.of(words.split(";")));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(words.split(";")[0]);
    }

    // Each is what tcpdump 4.99.3 with libpcap 1.10.3 says; some it says on some link types only.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "can't parse filter expression: syntax error",
                "syntax error in filter expression: syntax error",
                "unknown host 'no.such.invalid'",
                "unknown host 'permission.example'",
                "unknown port 'nosuchport'",
                "unknown port in range '5-x'",
                "illegal port number 99999 > 65535",
                "port 'domain' is udp",
                "unknown ip proto 'nosuch'",
                "unknown ether proto 'nosuch'",
                "unknown ether host 'zz'",
                "unknown osi proto 'nosuch'",
                "unknown network '1.2.3.4.5'",
                "unknown protocol: nosuch",
                "only ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel supports link-level host name",
                "non-network bits set in \"10.0.0.1/24\"",
                "mask length must be <= 32",
                "Mask syntax for networks only",
                "VLAN tag 5000 greater than maximum 4095",
                "no VLAN support for Linux cooked v2",
                "no MPLS support for Linux cooked v2",
                "MPLS label 9999999 greater than maximum 1048575",
                "802.11 link-layer types supported only on 802.11",
                "'llc' not supported for Linux cooked v2",
                "link-layer multicast filters supported only on ethernet/FDDI/token ring",
                "only link-layer/IP broadcast filters supported",
                "inbound/outbound not supported on Ethernet when reading savefiles",
                "data size must be 1, 2, or 4",
                "division by zero",
                "modulus by zero",
                "shift by more than 31 bits",
                "number 99999999999 overflows 32 bits",
                "'gateway' requires a name",
                "'gateway' not supported in this configuration",
                "'ip' modifier applied to ip6 host",
                "expression rejects all packets",
                "bogus ethernet address 00:11:22:33:",
                "invalid IPv4 address '300.1.1.1'",
                "invalid ip6 address fe80::zz",
                "'radio' is not a valid protocol type",
                "ifname supported only on PF linktype",
                "frame direction supported only with 802.11 headers",
                "'lane' supported only on raw ATM",
                "AppleTalk host filtering not implemented",
                "\"localhost\" resolved to multiple address",
                "too many registers needed to evaluate expression",
                "illegal token: @",
                "parse error",
            })
    void of_complaintOfTheFilterCompiler_isFilterRejectedWithFilterAndWords(String complaint) {
        CaptureException failure =
                TcpdumpFailure.of(Requests.of("any", "tcp prt 80"), 1, List.of("tcpdump: " + complaint));
        assertThat(failure.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(failure).hasMessageContaining("\"tcp prt 80\"").hasMessageContaining(complaint);
    }

    @Test
    void of_complaintAlthoughThereIsNoFilter_isNotAboutTheFilter() {
        CaptureException failure =
                TcpdumpFailure.of(Requests.of("any", ""), 1, List.of("tcpdump: invalid option -- 'U'"));
        assertThat(failure.reason()).isEqualTo(FailureReason.PROCESS_FAILED);
    }

    @Test
    void of_missingInterface_namesIt() {
        assertThat(TcpdumpFailure.of(
                        Requests.of("nosuch9", "tcp"), 1, List.of("tcpdump: nosuch9: No such device exists")))
                .hasMessageContaining("\"nosuch9\"");
    }

    @Test
    void of_silentEnd_saysStatusAndThatItSaidNothing() {
        CaptureException failure = TcpdumpFailure.of(Requests.of("any", "tcp"), 139, List.of());
        assertThat(failure.reason()).isEqualTo(FailureReason.PROCESS_FAILED);
        assertThat(failure).hasMessageContaining("139").hasMessageContaining("it said nothing");
    }
}
