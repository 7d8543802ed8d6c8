package io.podcapture.examples.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.podcapture.pcap.PacketCursor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.DockerClientFactory;

/** Runs the example as JUnit does, and looks at what it keeps. */
class ShopExampleIT {
    private static final Pattern ORDER = Pattern.compile("GET /\\?order-(\\d+) ");

    @TempDir
    private Path captures;

    @BeforeAll
    static void thereIsDocker() {
        boolean possible = DockerClientFactory.instance().isDockerAvailable();
        if (!possible) {
            System.out.println("\n==== CONTAINER EXAMPLE SKIPPED: no Docker engine answers; set DOCKER_HOST ====\n");
        }
        assumeTrue(possible, "no Docker engine answers");
    }

    @Test
    void example_failingTest_keepsAllItsOrders() throws Exception {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ShopExample.class))
                .configurationParameter("podcapture.captures", captures.toString())
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(1).failed(1));
        try (Stream<Path> files = Files.walk(captures)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("capture.pcapng", "capture.pcapng.manifest.json", "summary.txt");
        }
        Path kept = captures.resolve(ShopExample.class.getName()).resolve("orders_areAllPaid");
        assertThat(kept.resolve("summary.txt")).content().contains("402", "capture COMPLETE");
        // The window begins a second before the test: the other's order may be in it.
        assertThat(orders(kept.resolve("capture.pcapng")))
                .containsAll(IntStream.rangeClosed(1, 20).boxed().collect(Collectors.toSet()));
    }

    private static Set<Integer> orders(Path file) throws Exception {
        Set<Integer> orders = new TreeSet<>();
        try (PacketCursor packets = PacketCursor.open(file)) {
            while (packets.next()) {
                Matcher matcher = ORDER.matcher(
                        StandardCharsets.ISO_8859_1.decode(packets.data().duplicate()));
                if (matcher.find()) {
                    orders.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return orders;
    }
}
