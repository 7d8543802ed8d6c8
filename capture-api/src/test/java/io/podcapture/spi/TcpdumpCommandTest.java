package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpdumpCommandTest {
    @Test
    void of_plainRequest_isExactlyThis() {
        assertThat(TcpdumpCommand.of(Requests.of("any", "tcp port 80"), Optional.empty(), List.of("-w", "-")))
                .containsExactly(
                        "tcpdump",
                        "-i",
                        "any",
                        "-n",
                        "-U",
                        "-s",
                        "262144",
                        "-B",
                        "65536",
                        "-w",
                        "-",
                        "--",
                        "tcp port 80");
    }

    @Test
    void of_packetLimitAndUser_addsTheirOptionsBeforeTheEndOfOptions() {
        assertThat(TcpdumpCommand.of(
                        Requests.of("eth0", "", OptionalLong.of(7)), Optional.of("root"), List.of("-w", "-")))
                .containsExactly(
                        "tcpdump", "-i", "eth0", "-n", "-U", "-s", "262144", "-B", "65536", "-c", "7", "-Z", "root",
                        "-w", "-", "--");
    }

    @Test
    void of_emptyFilter_hasNothingBehindTheEndOfOptions() {
        List<String> argv = TcpdumpCommand.of(Requests.of("any", ""), Optional.empty(), List.of("-w", "-"));
        assertThat(argv).endsWith("-w", "-", "--");
    }

    @Test
    void of_outputIntoFiles_standsBeforeTheEndOfOptions() {
        assertThat(TcpdumpCommand.of(
                        Requests.of("any", "tcp"), Optional.empty(), List.of("-C", "8", "-w", "/spool/packets.pcap")))
                .endsWith("-C", "8", "-w", "/spool/packets.pcap", "--", "tcp");
    }

    @Test
    void check_request_onlyCompilesTheFilterOfItsInterface() {
        assertThat(TcpdumpCommand.check(Requests.of("eth0", "-w /x"), Optional.of("root")))
                .containsExactly("tcpdump", "-i", "eth0", "-d", "-Z", "root", "--", "-w /x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-z x",
                "-w /x",
                "$(touch x)",
                "; touch x",
                "`touch x`",
                "-- -z",
                "a'b\"c",
                "tcp\nport 80",
                "--help",
                "-"
            })
    void of_hostileFilter_isOneArgumentBehindTheEndOfOptions(String filter) {
        List<String> argv = TcpdumpCommand.of(Requests.of("any", filter), Optional.empty(), List.of("-w", "-"));
        assertThat(argv).endsWith("--", filter);
        assertThat(argv.indexOf("--")).isEqualTo(argv.size() - 2);
    }
}
