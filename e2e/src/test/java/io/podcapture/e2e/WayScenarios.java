package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.PointResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures by the methods that bring something into the cluster are whole, and say whose packets are whose. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WayScenarios {
    private static final int REQUESTS = 300;

    /** Where it is played, with the workloads of workloads.yaml. */
    abstract Stage stage();

    /** Returns each way as often as it is repeated; a subclass may leave some to another. */
    Stream<Way> ways() {
        return IntStream.rangeClosed(1, Repetitions.ofOthers()).boxed().flatMap(i -> Stream.of(Way.values()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void requests_all_areInTheFileUnderTheirPoint(Way way, @TempDir Path directory) throws Exception {
        CaptureSession.Builder builder = way.session(stage(), stage().client(), directory);
        if (way == Way.POD_ON_NODE) {
            builder.interfaces(leavingInterface());
        }
        try (CaptureSession session = builder.filter("tcp port 8080").start()) {
            List<CapturePoint> points = Way.points(session);
            Map<String, List<Integer>> sent = new LinkedHashMap<>();
            int each = REQUESTS / points.size();
            for (int i = 0; i < points.size(); i++) {
                CapturePoint point = points.get(i);
                request(way, point, i * each, each);
                sent.put(point.name(), Traffic.range(i * each, each));
            }
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points())
                    .hasSize(points.size())
                    .allSatisfy(point -> assertThat(point.method()).hasValue(way.method()));
            sent.forEach((name, numbers) -> assertThat(numbers(result, name)).containsExactlyElementsOf(numbers));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void burst_thenStop_missesNothing(Way way, @TempDir Path directory) throws Exception {
        try (CaptureSession session =
                way.session(stage(), stage().client(), directory).start()) {
            CapturePoint point = Way.points(session).get(0);
            way.sender(stage(), point).datagrams(0, 1000);
            CaptureResult result = session.stop().requireComplete();
            assertThat(numbers(result, point.name())).containsExactlyElementsOf(Traffic.range(0, 1000));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void ipv6OnLoopback_everyDatagram_isInTheFile(Way way, @TempDir Path directory) throws Exception {
        // A port of its own: a node's loopback is everybody's.
        int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
        try (CaptureSession session = way.session(stage(), stage().client(), directory)
                .interfaces("lo")
                .filter("ip6 dst host ::1 and udp dst port " + port)
                .start()) {
            CapturePoint point = Way.points(session).get(0);
            way.sender(stage(), point).datagramsByIpv6(port, 0, 200);
            CaptureResult result = session.stop().requireComplete();
            assertThat(numbers(result, point.name())).containsExactlyElementsOf(Traffic.range(0, 200));
            assertThat(result.points()).extracting(PointResult::interfaceName).containsOnly("lo");
        }
    }

    // Requests come from where the capture is, or go to it.
    private void request(Way way, CapturePoint point, int first, int count) throws Exception {
        switch (way) {
            case POD_ON_NODE, POD_ALONE -> way.sender(stage(), point).requests(webOnAnotherNode(), first, count);
            case UPLOAD -> way.sender(stage(), point).requests(stage().ip("web-sidecar"), first, count);
            default ->
                stage().sender("tools", "tools").requests(point.attributes().get("ip"), first, count);
        }
    }

    private String leavingInterface() throws Exception {
        return stage().leavingInterface("host-tools", "tools", webOnAnotherNode());
    }

    private String webOnAnotherNode() {
        String node = stage().pod("host-tools").getSpec().getNodeName();
        return stage()
                .client()
                .pods()
                .inNamespace(stage().namespace())
                .withLabel("app", "web-daemonset")
                .list()
                .getItems()
                .stream()
                .filter(pod -> !node.equals(pod.getSpec().getNodeName())
                        && pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElseThrow()
                .getStatus()
                .getPodIP();
    }

    private static Iterable<Integer> numbers(CaptureResult result, String point) {
        try {
            return Traffic.numbers(result).getOrDefault(point, new TreeSet<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
