package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.PacketKind.ACK;
import static io.podcapture.testkit.wire.PacketKind.ANSWER;
import static io.podcapture.testkit.wire.PacketKind.FIN;
import static io.podcapture.testkit.wire.PacketKind.REQUEST;
import static io.podcapture.testkit.wire.PacketKind.SYN;
import static io.podcapture.testkit.wire.PacketKind.SYN_ACK;
import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TcpTest {
    private final Wire wire = Scripts.shop(1);

    @Test
    void call_withoutLoss_isHandshakeRequestAnswerAndClose() {
        assertThat(shapes(call -> call.request(100).answer(2000)))
                .containsExactly(">S", "<S.", ">.", ">P.100", "<.", "<.1448", "<P.552", ">.", ">.", ">F.", "<F.", ">.");
    }

    @Test
    void call_ofTwoRounds_asksAgainOnTheSameConnection() {
        assertThat(shapes(call -> call.request(10).answer(20).request(30).answer(40)))
                .containsExactly(
                        ">S", "<S.", ">.", ">P.10", "<.", "<P.20", ">.", ">P.30", "<.", "<P.40", ">.", ">F.", "<F.",
                        ">.");
    }

    @Test
    void server_thatSpeaksFirst_doesSoUnasked() {
        assertThat(shapes(call -> call.answer(20).closedByServer()))
                .containsExactly(">S", "<S.", ">.", "<P.20", "<F.", ">.", ">F.", "<.");
    }

    @Test
    void answer_thatTakesItsTime_comesThatLater() {
        List<Segment> seen = seen(call -> call.request(100).answer(20).after(millis(250)));
        long asked = time(seen, ">P.100");
        assertThat(time(seen, "<P.20") - asked).isBetween(250_000_000L, 250_400_000L);
    }

    @Test
    void closedPort_isRefused() {
        assertThat(shapes(TcpExchange::refused)).containsExactly(">S", "<R.");
    }

    @Test
    void resets_areOneSegment() {
        assertThat(shapes(call -> call.request(1).answer(1).resetByClient()))
                .containsExactly(">S", "<S.", ">.", ">P.1", "<.", "<P.1", ">.", ">R.");
        assertThat(shapes(call -> call.request(1).answer(1).resetByServer()).subList(7, 15))
                .as("the second call on this wire")
                .containsExactly(">R.", ">S", "<S.", ">.", ">P.1", "<.", "<P.1", ">.");
    }

    @Test
    void connection_leftOpen_hasNoEnd() {
        assertThat(shapes(call -> call.request(1).leftOpen())).containsExactly(">S", "<S.", ">.", ">P.1", "<.");
    }

    @Test
    void syn_lost_isSentAgainAfterASecond() {
        List<Segment> seen = seen(call -> call.lose(SYN, 1));
        assertThat(seen.get(1).nanos() - seen.get(0).nanos())
                .as("the first one waited for ARP")
                .isBetween(999_000_000L, 1_000_000_000L);
        assertThat(shapes(seen)).startsWith(">S", ">S", "<S.", ">.");
        assertThat(seen.get(1).sequence()).isEqualTo(seen.get(0).sequence());
        assertThat(wire.lost()).hasSize(1);
    }

    @Test
    void syn_neverAnswered_isSentSevenTimes() {
        List<Segment> seen = seen(call -> call.loseEvery(SYN_ACK));
        assertThat(seen.stream().filter(Segment::sent)).hasSize(7);
        assertThat(seen.stream()
                        .filter(Segment::sent)
                        .map(each -> Math.round((each.nanos() - seen.get(0).nanos()) / 1e9)))
                .containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L);
    }

    @Test
    void synAck_lost_isSentAgainWhenAskedAgain() {
        assertThat(shapes(call -> call.lose(SYN_ACK, 1))).startsWith(">S", ">S", "<S.", ">.");
    }

    @Test
    void request_lost_isSentAgainAfterTheTimeout() {
        List<Segment> seen = seen(call -> call.request(100).answer(20).lose(REQUEST, 1));
        assertThat(shapes(seen)).containsSubsequence(">P.100", ">P.100", "<.", "<P.20", ">F.");
        assertThat(seen.get(4).nanos() - seen.get(3).nanos()).isBetween(200_000_000L, 201_000_000L);
    }

    @Test
    void segment_lostBeforeOthers_isSentAgainFast() {
        List<Segment> seen = seen(call -> call.request(1).answer(20_000).lose(ANSWER, 4));
        assertThat(retransmitted(seen)).hasSize(1);
        assertThat(seen.get(seen.size() - 1).nanos() - seen.get(0).nanos()).isLessThan(50_000_000L);
    }

    @Test
    void acknowledgment_lost_isMadeUpForByTheNext() {
        assertThat(shapes(call -> call.request(1).answer(2).lose(ACK, 1)))
                .containsExactly(">S", "<S.", ">.", ">P.1", "<.", "<P.2", ">.", ">F.", "<F.", ">.");
    }

    @Test
    void fin_lost_isSentAgain() {
        List<String> first = shapes(call -> call.request(1).answer(2).lose(FIN, 1));
        assertThat(first).endsWith(">F.", ">F.", "<F.", ">.");
    }

    @Test
    void fin_ofTheOtherSide_isAcknowledgedAtOnceByOneWhoClosedBefore() {
        List<Segment> seen = seen(call -> call.request(1).answer(2));
        assertThat(time(seen, ">F.")).isLessThan(time(seen, "<F."));
        assertThat(seen.get(seen.size() - 1).nanos() - time(seen, "<F.")).isLessThan(1_000_000);
    }

    @Test
    void line_repeated_countsOverAllItsCalls() {
        wire.every(millis(10)).times(5).tcp("cart", "db", 5432, call -> call.lose(SYN, 3));
        List<Segment> syns = segments(wire.run()).stream()
                .filter(each -> each.shape().equals(">S"))
                .toList();
        assertThat(syns).hasSize(6);
        assertThat(syns.stream().filter(each -> each.from() == syns.get(2).from()))
                .hasSize(2);
    }

    @Test
    void segments_withoutTimestamps_haveRoomForMore() {
        assertThat(shapes(call -> call.request(1).answer(1460).withoutTimestamps()))
                .contains("<P.1460");
        assertThat(shapes(call -> call.request(1).answer(1440).overIpv6().withoutTimestamps()))
                .contains("<P.1440");
    }

    private List<String> shapes(Consumer<TcpExchange> call) {
        return shapes(seen(call));
    }

    private static List<String> shapes(List<Segment> seen) {
        return seen.stream().map(Segment::shape).toList();
    }

    private List<Segment> seen(Consumer<TcpExchange> call) {
        wire.at(wire.now()).tcp("cart", "db", 5432, call);
        return segments(wire.run());
    }

    private static List<Segment> segments(Wire run) {
        return Segment.of(run.interfaceOf("cart", "eth0").packets());
    }

    private static long time(List<Segment> seen, String shape) {
        return seen.stream()
                .filter(each -> each.shape().equals(shape))
                .findFirst()
                .orElseThrow()
                .nanos();
    }

    /** {@return segments with data that were received out of order} */
    private static List<Segment> retransmitted(List<Segment> seen) {
        List<Segment> late = new ArrayList<>();
        long next = 0;
        for (Segment each : seen) {
            if (!each.sent() && each.length() > 0) {
                if (each.sequence() < next) {
                    late.add(each);
                }
                next = Math.max(next, each.sequence() + each.length());
            }
        }
        return late;
    }
}
