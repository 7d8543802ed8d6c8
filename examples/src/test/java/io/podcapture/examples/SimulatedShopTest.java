package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CapturedPackets;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.pcap.PacketView;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WirePacket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SimulatedShopTest {
    private static SimulatedShop shop;

    @TempDir
    private Path directory;

    /** What a capture has of a packet; it keeps microseconds. */
    private record Kept(long micros, ByteBuffer octets) {
        static Kept of(WirePacket packet) {
            return new Kept(packet.timestampNanos() / 1000, packet.data());
        }

        static Kept of(PacketView packet) {
            byte[] octets = new byte[packet.data().remaining()];
            packet.data().duplicate().get(octets);
            return new Kept(packet.timestampNanos() / 1000, ByteBuffer.wrap(octets));
        }
    }

    private record Played(CaptureResult result, Wire wire) {}

    @BeforeAll
    static void open() throws Exception {
        shop = SimulatedShop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void capture_ofTheCheckouts_hasJustWhatEachPodSaw() throws Exception {
        Played played = play(CheckoutScript::write, shop.targets());
        Map<String, List<Kept>> kept = new LinkedHashMap<>();
        try (CapturedPackets packets = played.result().packets()) {
            while (packets.next()) {
                kept.computeIfAbsent(packets.point().name(), name -> new ArrayList<>())
                        .add(Kept.of(packets.packet()));
            }
        }
        assertThat(kept.keySet()).containsExactlyInAnyOrder("shop/front", "shop/cart", "shop/db", "kube-system/dns");
        for (Map.Entry<String, List<Kept>> each : kept.entrySet()) {
            String host = each.getKey().substring(each.getKey().indexOf('/') + 1);
            assertThat(each.getValue())
                    .as(each.getKey())
                    .isEqualTo(played.wire().interfaceOf(host, "any").captured("", 262_144).stream()
                            .map(Kept::of)
                            .toList());
        }
    }

    @Test
    void signs_ofTheCheckouts_areThoseOfTheScriptInTheirOrder() throws Exception {
        assertThat(signs(CheckoutScript::write))
                .containsExactly(
                        "shop/cart to shop/db: 4 SYN, 3 of them seen at shop/db",
                        "shop/db to shop/cart: 1 RST",
                        "shop/cart to shop/front: 1 HTTP answer 5xx");
    }

    @Test
    void signs_ofANameThatIsNotThere_countItsAnswers() throws Exception {
        assertThat(signs((wire, db) -> wire.every(Duration.ofMillis(10))
                        .times(3)
                        .dns(
                                "front",
                                "crat.shop.svc.cluster.local",
                                lookup -> lookup.nxdomain().times(2).address(db))))
                .containsExactly("kube-system/dns to shop/front: 2 DNS answer NXDOMAIN");
    }

    @Test
    void signs_ofAnAddressThatIsNoPodCaptured_haveTheAddress() throws Exception {
        assertThat(signs(
                        (wire, db) -> wire.at(Duration.ZERO).tcp("front", "db", 5432, call -> call.refused()),
                        List.of(Targets.pod("shop", "front"))))
                .singleElement()
                .asString()
                .matches("10\\.244\\.0\\.\\d+ to shop/front: 1 RST");
    }

    @Test
    void signs_whereAllGoesWell_areNone() throws Exception {
        assertThat(signs((wire, db) -> wire.at(Duration.ZERO)
                        .http(
                                "front",
                                "cart",
                                8080,
                                call -> call.get("/").status(200).body(500))))
                .isEmpty();
    }

    private List<String> signs(BiConsumer<Wire, String> script) throws Exception {
        return signs(script, shop.targets());
    }

    /** Returns the lines below the names of the columns, without the display filters. */
    private List<String> signs(BiConsumer<Wire, String> script, List<Target> targets) throws Exception {
        return PacketSigns.in(play(script, targets).result()).stream()
                .skip(1)
                .map(line -> line.replaceAll(" {3}.*", ""))
                .toList();
    }

    private Played play(BiConsumer<Wire, String> script, List<Target> targets) {
        CaptureSession.Builder builder = CaptureSession.builder()
                .via(KubernetesMethods.auto(shop.client()))
                .writeTo(directory.resolve("shop.pcapng"));
        for (Target target : targets) {
            builder.target(target);
        }
        try (CaptureSession session = builder.start()) {
            Wire wire = shop.play(script);
            return new Played(session.stop().requireComplete(), wire);
        }
    }
}
