package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.PacketKind.ACK;
import static io.podcapture.testkit.wire.PacketKind.ANSWER;
import static io.podcapture.testkit.wire.PacketKind.FIN;
import static io.podcapture.testkit.wire.PacketKind.REQUEST;
import static io.podcapture.testkit.wire.PacketKind.SYN;
import static io.podcapture.testkit.wire.PacketKind.SYN_ACK;
import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** TCP makes up for whatever gets lost. */
class LossTest {
    @Test
    void connection_withAnyLosses_deliversAll() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Wire lossy = Scripts.shop(seed);
            lossy.at(millis(0)).tcp("cart", "db", 5432, call -> {
                call.request(5000).answer(60_000).request(10).answer(3000);
                for (PacketKind kind : Set.of(SYN, SYN_ACK, ACK, REQUEST, ANSWER, FIN)) {
                    for (int i = 0; i < random.nextInt(4); i++) {
                        call.lose(kind, 1 + random.nextInt(kind == ANSWER ? 45 : 3));
                    }
                }
            });
            List<Segment> seen =
                    Segment.of(lossy.run().interfaceOf("cart", "eth0").packets());
            Set<Long> octets = new HashSet<>();
            seen.stream().filter(each -> !each.sent()).forEach(each -> {
                for (long i = 0; i < each.length(); i++) {
                    octets.add(each.sequence() + i & 0xffff_ffffL);
                }
            });
            assertThat(octets).as("seed " + seed).hasSize(63_000);
            assertThat(seen.stream().map(Segment::shape)).as("seed " + seed).contains(">F.", "<F.");
        }
    }

    @Test
    void segments_lost_areJustThoseSentAgain() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Wire lossy = Scripts.shop(seed);
            lossy.at(millis(0)).tcp("cart", "db", 5432, call -> {
                call.request(5000).answer(60_000).request(10).answer(3000);
                for (int i = 0; i < 4; i++) {
                    call.lose(REQUEST, 1 + random.nextInt(6)).lose(ANSWER, 1 + random.nextInt(50));
                }
            });
            List<Segment> sent = Segment.of(
                            lossy.run().interfaceOf("db", "eth0").packets())
                    .stream()
                    .filter(each -> each.sent() && each.length() > 0)
                    .toList();
            long lost = Segment.of(lossy.lost()).stream()
                    .filter(each -> each.from() == 5432)
                    .count();
            assertThat(sent.size() - lost)
                    .as("seed " + seed)
                    .isEqualTo(sent.stream().map(Segment::sequence).distinct().count());
        }
    }

    @Test
    void share_ofTheAnswers_getsLostAndIsSentAgain() {
        Wire lossy = Scripts.shop(1);
        lossy.at(millis(0))
                .tcp(
                        "cart",
                        "db",
                        5432,
                        call -> call.request(1).answer(3_000_000).loseSome(ANSWER, 0.05));
        lossy.run();
        long segments = (3_000_000 + 1447) / 1448;
        List<Segment> received = Segment.of(lossy.interfaceOf("cart", "eth0").packets()).stream()
                .filter(each -> !each.sent() && each.length() > 0)
                .toList();
        assertThat(received).hasSize((int) segments);
        assertThat(lossy.lost().size()).isBetween(60, 160);
    }
}
