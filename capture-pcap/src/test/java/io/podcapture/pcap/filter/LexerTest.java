package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "tcp~TCP tcp",
                "tcpx~NAME tcpx",
                "TCP~NAME TCP",
                "is-is es-is~ISIS is-is,ESIS es-is",
                "ether wlan~LINK ether,LINK wlan",
                "a&&b||!c~NAME a,AND &&,NAME b,OR ||,NOT !,NAME c",
                "80~NUMBER 80",
                "0x50~NUMBER 0x50",
                "0x~NAME 0x",
                "80-90~NAME 80-90",
                "len-1~NAME len-1",
                "len -1~LENGTH len,MINUS -,NUMBER 1",
                "1and~NAME 1and",
                "80-~NUMBER 80,MINUS -",
                "tcp_~TCP tcp,UNKNOWN _",
                "1.2~IPV4 1.2",
                "1.2.3.4~IPV4 1.2.3.4",
                "0x7f.1~IPV4 0x7f.1",
                "1.2.3.4.5~NAME 1.2.3.4.5",
                "1.2.3.4.~NAME 1.2.3.4.",
                "1.2/8~IPV4 1.2,DIVIDE /,NUMBER 8",
                "::~IPV6 ::",
                "::1~IPV6 ::1",
                "1::~IPV6 1::",
                "fe80::1:2~IPV6 fe80::1:2",
                "1:2:3:4:5:6:7:8~IPV6 1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::~IPV6 1:2:3:4:5:6:7::",
                "::ffff:1.2.3.4~IPV6 ::ffff:1.2.3.4",
                "1:2:3:4:5:6:1.2.3.4~IPV6 1:2:3:4:5:6:1.2.3.4",
                "0:1:2:3:4:5~MAC 0:1:2:3:4:5",
                "00-11-22-33-44-55~MAC 00-11-22-33-44-55",
                "0011.2233.4455~MAC 0011.2233.4455",
                "123456789012~MAC 123456789012",
                "deadbeefcafe~MAC deadbeefcafe",
                "deadbeefcafes~NAME deadbeefcafes",
                "$1f~AID $1f",
                "$~UNKNOWN $",
                "\\tcp~NAME tcp",
                "\\tcp&&udp~NAME tcp&&udp",
                "\\a)~NAME a,CLOSE )",
                "tcp-syn~NUMBER tcp-syn",
                "tcp-sync~NAME tcp-sync",
                "[0:2]~OPEN_BRACKET [,NUMBER 0,COLON :,NUMBER 2,CLOSE_BRACKET ]",
                "a<=b~NAME a,AT_MOST <=,NAME b",
                "a==b=c~NAME a,EQUAL ==,NAME b,EQUAL =,NAME c",
                "a<<b>>c~NAME a,SHIFT_LEFT <<,NAME b,SHIFT_RIGHT >>,NAME c",
                "a;b~NAME a,UNKNOWN ;,NAME b",
                "é~UNKNOWN é"
            })
    void next_text_isCutIntoTheLongestWords(String text, String words) throws FilterSyntaxException {
        Lexer lexer = new Lexer(new Source(text));
        List<String> found = new ArrayList<>();

        for (Token token = lexer.next(); token.word() != Word.END; token = lexer.next()) {
            found.add(token.word() + " " + token.text());
        }

        assertThat(String.join(",", found)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10",
        "010, 8",
        "0x10, 16",
        "0XfF, 255",
        "4294967295, -1",
        "0xffffffff, -1",
        "0, 0",
        "0037777777777, -1",
        "icmp6-multicastrouterterm, 153"
    })
    void next_number_hasItsValue(String text, int value) throws FilterSyntaxException {
        assertThat(new Lexer(new Source(text)).next().number()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "4294967296, overflows 32 bits",
        "0x100000000, overflows 32 bits",
        "99999999999999999999999999999, overflows 32 bits",
        "089, non-octal digit",
        "aa:bb:cc:dd:ee, bogus ethernet address aa:bb:cc:dd:",
        "1::2::3, bogus ethernet address 1::2::"
    })
    void next_wordThatCannotBe_isRefused(String text, String reason) {
        assertThatThrownBy(() -> new Lexer(new Source(text)).next())
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining(reason);
    }
}
