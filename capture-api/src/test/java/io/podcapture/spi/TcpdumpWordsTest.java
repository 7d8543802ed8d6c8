package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpdumpWordsTest {
    private static final String RUN = "podcapture abc pid 7\n"
            + "tcpdump: data link type LINUX_SLL2\n"
            + "tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes\n"
            + "tcpdump: 5 packets captured, 12 packets received by filter, 1 packet dropped by kernel\n"
            + "6 packets captured\n13 packets received by filter\n1 packet dropped by kernel\n"
            + "podcapture abc exit 0\n";
    private static final List<String> EVENTS = List.of("listening", "counted " + ToolCounters.of(5, 12, 1), "exited 0");

    private final List<String> events = new ArrayList<>();
    private final TcpdumpWords words = new TcpdumpWords("abc", ToolName.USUAL, recorder());

    @Test
    void accept_wholeRun_tellsEachStep() {
        accept(RUN);
        assertThat(events).isEqualTo(EVENTS);
        assertThat(words.counters()).isEqualTo(ToolCounters.of(6, 13, 1));
        assertThat(words.exit()).hasValue(0);
        assertThat(words.said()).isEmpty();
    }

    @Test
    void accept_toolByAnotherName_isUnderstoodAndToldByItsUsualOne() {
        TcpdumpWords words = new TcpdumpWords("abc", new ToolName("9"), recorder());
        accept(words, RUN.replace("tcpdump: ", "9: "));
        assertThat(events).isEqualTo(EVENTS);
        accept(words, "9: can't parse filter expression\n");
        assertThat(words.said()).containsExactly("tcpdump: can't parse filter expression");
    }

    @Test
    void accept_arbitraryPiecesWithHeartbeatsBetween_tellsTheSame() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            events.clear();
            TcpdumpWords fresh = new TcpdumpWords("abc", ToolName.USUAL, recorder());
            for (int at = 0; at < RUN.length(); ) {
                int length = 1 + random.nextInt(Math.min(30, RUN.length() - at));
                accept(fresh, RUN.substring(at, at + length) + (random.nextBoolean() ? "\u0006" : ""));
                at += length;
            }
            assertThat(events).isEqualTo(EVENTS);
            assertThat(fresh.counters()).isEqualTo(ToolCounters.of(6, 13, 1));
            assertThat(fresh.said()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1700000000.123456|2023-11-14T22:13:20.123456Z|PT0.0000005S",
                "1700000000,123456|2023-11-14T22:13:20.123456Z|PT0.0000005S",
                "1700000000.123456789|2023-11-14T22:13:20.123456789Z|PT0.0000005S",
                "1700000000.%N|2023-11-14T22:13:20.500Z|PT0.5S",
                "1700000000|2023-11-14T22:13:20.500Z|PT0.5S"
            })
    void accept_clock_isReadWithWhatItsDigitsLeaveOpen(String said, String time, String error) {
        accept("podcapture abc clock " + said + "\n");
        assertThat(events).containsExactly("clock " + new ClockReading(Instant.parse(time), Duration.parse(error)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock", "clock ", "clock .", "clock now", "clock 99999999999999999999"})
    void accept_clockThatIsNone_tellsThatNobodyKnows(String line) {
        accept("podcapture abc " + line + "\n");
        assertThat(events).containsExactly("clock unknown");
    }

    @Test
    void accept_lineOfOursWithinOneOfTcpdumps_understandsBoth() {
        accept("tcpdump: ");
        accept("podcapture abc clock 1700000000\n");
        accept("5 packets captured, 12 packets received by filter");
        accept("podcapture abc clock 1700000000\n");
        accept(", 1 packet dropped by kernel\n");
        String clock = "clock " + new ClockReading(Instant.parse("2023-11-14T22:13:20.500Z"), Duration.ofMillis(500));
        assertThat(events).containsExactly(clock, clock, "counted " + ToolCounters.of(5, 12, 1));
    }

    @Test
    void accept_partOfLine_meansNothingYet() {
        accept("tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes");
        assertThat(events).isEmpty();
        accept("\n");
        assertThat(events).containsExactly("listening");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcpdump: listening on eth0, link-type EN10MB (Ethernet), capture size 262144 bytes\n",
                "tcpdump: listening on any, link-type LINUX_SLL (Linux cooked v1), capture size 96 bytes\n"
            })
    void accept_olderDialect_isListening(String line) {
        accept(line);
        assertThat(events).containsExactly("listening");
    }

    @Test
    void accept_countsAskedFor_areNotTheFinalOnes() {
        accept("tcpdump: 1 packet captured, 1 packet received by filter, 0 packets dropped by kernel\n");
        assertThat(events).containsExactly("counted " + ToolCounters.of(1, 1, 0));
        assertThat(words.counters()).isEqualTo(ToolCounters.UNKNOWN);
    }

    @Test
    void accept_countsAskedForWithInterfaceDrops_haveAllFour() {
        accept("tcpdump: 2 packets captured, 9 packets received by filter, 3 packets dropped by kernel,"
                + " 4 packets dropped by interface\n");
        assertThat(events)
                .containsExactly("counted "
                        + new ToolCounters(
                                OptionalLong.of(2), OptionalLong.of(9), OptionalLong.of(3), OptionalLong.of(4)));
    }

    @Test
    void accept_finalCountsInSingular_areCounted() {
        accept("1 packet captured\n1 packet received by filter\n1 packet dropped by kernel\n"
                + "1 packet dropped by interface\n");
        assertThat(words.counters())
                .isEqualTo(new ToolCounters(
                        OptionalLong.of(1), OptionalLong.of(1), OptionalLong.of(1), OptionalLong.of(1)));
        assertThat(events).isEmpty();
    }

    @Test
    void accept_finalCountsInPart_leaveTheOthersUnknown() {
        accept("4294967295 packets captured\n");
        assertThat(words.counters().captured()).hasValue(4_294_967_295L);
        assertThat(words.counters().received()).isEmpty();
        assertThat(words.counters().droppedByKernel()).isEmpty();
    }

    @Test
    void accept_exitLineOfAnotherNonce_isJustSaid() {
        accept("podcapture abd exit 0\n");
        assertThat(words.exit()).isEmpty();
        assertThat(events).containsExactly("said podcapture abd exit 0");
    }

    @Test
    void accept_toolsOwnWords_areKeptInOrder() {
        accept("tcpdump: eth9: No such device exists\n(No such device exists)\n\n");
        assertThat(words.said()).containsExactly("tcpdump: eth9: No such device exists", "(No such device exists)");
        assertThat(events).containsExactly("said tcpdump: eth9: No such device exists", "said (No such device exists)");
    }

    @Test
    void accept_endlessLine_isCutAndTheNextUnderstood() {
        for (int i = 0; i < 100; i++) {
            accept("x".repeat(1000));
        }
        accept("\npodcapture abc exit 3\n");
        assertThat(words.said()).singleElement().asString().hasSize(4096);
        assertThat(words.exit()).hasValue(3);
    }

    @Test
    void accept_manyLines_keepsTheLastTwenty() {
        for (int i = 0; i < 50; i++) {
            accept("line " + i + "\n");
        }
        assertThat(words.said()).hasSize(20).startsWith("line 30").endsWith("line 49");
    }

    private void accept(String text) {
        accept(words, text);
    }

    private static void accept(TcpdumpWords to, String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        to.accept(octets, octets.length);
    }

    private TcpdumpWords.Listener recorder() {
        return new TcpdumpWords.Listener() {
            @Override
            public void clock(Optional<ClockReading> reading) {
                events.add("clock " + reading.map(Object::toString).orElse("unknown"));
            }

            @Override
            public void listening() {
                events.add("listening");
            }

            @Override
            public void counted(ToolCounters counters) {
                events.add("counted " + counters);
            }

            @Override
            public void exited(int status) {
                events.add("exited " + status);
            }

            @Override
            public void deaf() {
                events.add("deaf");
            }

            @Override
            public void full() {
                events.add("full");
            }

            @Override
            public void said(String line) {
                events.add("said " + line);
            }
        };
    }
}
