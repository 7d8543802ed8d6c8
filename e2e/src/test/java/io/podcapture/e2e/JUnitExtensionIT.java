package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.junit5.CaptureExtension;
import io.podcapture.junit5.TestCapture;
import io.podcapture.pcap.PacketCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The extension on real pods: what a failing test leaves, and what green ones cost. */
@OnCluster
class JUnitExtensionIT {
    private static final Pattern NUMBERED = Pattern.compile("GET /\\?packet-(\\d+) ");
    private static final int GREEN = 50;

    private static TestCluster cluster;
    private static KubernetesMethods methods;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
        methods = KubernetesMethods.builder(cluster.client())
                .image("localhost/tools:1")
                .build();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    private static CaptureSession.Builder session() {
        return CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "web-sidecar"), on -> on.via(methods.exec()))
                .target(Targets.pod(cluster.namespace(), "scratch"), on -> on.via(methods.ephemeral()));
    }

    private static void request(String pod, int first, int count) throws Exception {
        cluster.shell("tools", "tools").run(Traffic.REQUESTS, cluster.ip(pod), first, count);
    }

    static class Shop {
        @RegisterExtension
        static final CaptureExtension CAPTURE =
                CaptureExtension.capturing(JUnitExtensionIT::session).build();

        @Test
        void first() throws Exception {
            request("web-sidecar", 0, 10);
        }

        @Test
        void fails() throws Exception {
            request("web-sidecar", 100, 20);
            request("scratch", 200, 20);
            throw new AssertionError("wrong on purpose");
        }

        @Test
        void looks(TestCapture capture) throws Exception {
            request("web-sidecar", 300, 5);
            assertThat(numbers(capture.snapshot())).contains(300, 301, 302, 303, 304);
        }
    }

    @Test
    void failingTest_keepsItsOwnRequestsAllOfThem() throws IOException {
        EngineExecutionResults results = run(Shop.class);
        results.testEvents().assertStatistics(events -> events.succeeded(2).failed(1));
        Path kept = directory.resolve(Shop.class.getName()).resolve("fails");
        assertThat(kept.resolve("summary.txt")).content().contains("wrong on purpose", "capture COMPLETE");
        assertThat(numbers(kept.resolve("capture.pcapng")))
                .containsAll(Traffic.range(100, 20))
                .containsAll(Traffic.range(200, 20));
        assertThat(kept.resolve("capture.pcapng.manifest.json")).content().contains("\"offsetSeconds\"");
        try (var classes = Files.walk(directory)) {
            assertThat(classes.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    /** Outermost but for the extension under test itself: measures what that takes before and after a test. */
    static final class Cost implements BeforeEachCallback, AfterEachCallback {
        static long began;
        static Duration total = Duration.ZERO;
        static Duration worst = Duration.ZERO;

        @Override
        public void beforeEach(ExtensionContext context) {
            began = System.nanoTime();
        }

        @Override
        public void afterEach(ExtensionContext context) {
            Duration cost = Duration.ofNanos(System.nanoTime() - began);
            total = total.plus(cost);
            worst = cost.compareTo(worst) > 0 ? cost : worst;
        }
    }

    @ExtendWith(Cost.class)
    static class Green {
        @RegisterExtension
        static final CaptureExtension CAPTURE =
                CaptureExtension.capturing(JUnitExtensionIT::session).build();

        @RepeatedTest(GREEN)
        void passes() {}
    }

    @Test
    void greenTests_leaveNothing() {
        run(Green.class).testEvents().assertStatistics(events -> events.succeeded(GREEN));
        assertThat(directory).isEmptyDirectory();
        System.out.println("measured: " + GREEN + " green tests of no length took "
                + Cost.total.dividedBy(GREEN).toNanos() / 1000 + " us each, at most " + Cost.worst.toNanos() / 1000
                + " us");
    }

    private EngineExecutionResults run(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .configurationParameter("podcapture.captures", directory.toString())
                .execute();
    }

    private static SortedSet<Integer> numbers(Path file) throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>();
        try (PacketCursor packets = PacketCursor.open(file)) {
            while (packets.next()) {
                Matcher matcher = NUMBERED.matcher(
                        StandardCharsets.ISO_8859_1.decode(packets.data().duplicate()));
                if (matcher.find()) {
                    numbers.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return numbers;
    }
}
