package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ManifestTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Statistics KNOWN = new Statistics(
            10, 1234, OptionalLong.of(10), OptionalLong.of(15), OptionalLong.of(5), OptionalLong.of(1), 65536);
    private static final Statistics UNKNOWN = new Statistics(
            3, 99, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 65536);

    @TempDir
    private Path directory;

    @Test
    void write_session_saysAllOfIt() throws IOException {
        Map<String, Object> session = written(report(KNOWN, Optional.of(directory.resolve("x.pcapng"))));
        assertThat(session)
                .containsEntry("format", 1L)
                .containsEntry("session", "abc123")
                .containsEntry("outcome", "LOSSY")
                .containsEntry("file", directory.resolve("x.pcapng").toString())
                .containsEntry("started", "2026-01-02T03:04:05Z")
                .containsEntry("ended", "2026-01-02T03:04:15Z")
                .containsEntry("parts", List.of())
                .containsEntry("leftovers", List.of("thing \"1\": it stays"))
                .containsEntry("warnings", List.of("slow\nline"));
    }

    @Test
    void write_point_saysAllOfIt() throws IOException {
        Map<String, Object> target =
                only(written(report(KNOWN, Optional.empty())).get("targets"));
        assertThat(target)
                .containsEntry("kind", "pod")
                .containsEntry("scope", "shop")
                .containsEntry("selector", "app=web")
                .doesNotContainKeys("name", "container");
        assertThat(only(target.get("points")))
                .containsEntry("id", "uid-1")
                .containsEntry("name", "shop/cart-0")
                .containsEntry("attributes", Map.of("node", "n1"))
                .containsEntry("interface", "any")
                .containsEntry("filter", "tcp port 80")
                .containsEntry("method", "exec")
                .containsEntry("outcome", "LOSSY")
                .containsEntry("endedBy", "STOPPED")
                .containsEntry("reason", "PACKETS_LOST")
                .containsEntry("explanation", "5 dropped")
                .containsEntry("drain", "COUNTERS")
                .containsEntry("passedOver", List.of("node: FORBIDDEN"))
                .containsEntry(
                        "statistics",
                        Map.of(
                                "packets",
                                10L,
                                "octets",
                                1234L,
                                "captured",
                                10L,
                                "receivedByFilter",
                                15L,
                                "droppedByKernel",
                                5L,
                                "droppedByInterface",
                                1L,
                                "kernelBuffer",
                                65536L));
    }

    @Test
    void write_unknownCounts_areAbsent() throws IOException {
        Map<String, Object> target =
                only(written(report(UNKNOWN, Optional.empty())).get("targets"));
        assertThat(only(target.get("points")).get("statistics"))
                .isEqualTo(Map.of("packets", 3L, "octets", 99L, "kernelBuffer", 65536L));
    }

    @Test
    void write_noFile_leavesItOut() throws IOException {
        assertThat(written(report(KNOWN, Optional.empty()))).doesNotContainKey("file");
    }

    @Test
    void write_file_isPrivateAndLeavesNoPart() throws IOException {
        Path file = directory.resolve("m.json");
        Manifest.write(report(KNOWN, Optional.empty()), file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void write_directoryMissing_fails() {
        assertThatThrownBy(() -> Manifest.write(report(KNOWN, Optional.empty()), directory.resolve("no/m.json")))
                .isInstanceOf(IOException.class);
    }

    private static SessionReport report(Statistics statistics, Optional<Path> file) {
        CapturePoint point = CapturePoint.builder("uid-1", "shop/cart-0")
                .attribute("node", "n1")
                .build();
        PointReport capture = new PointReport(
                point,
                "any",
                "tcp port 80",
                Outcome.LOSSY,
                EndCause.STOPPED,
                Optional.of(FailureReason.PACKETS_LOST),
                "5 dropped",
                Optional.of("exec"),
                List.of("node: FORBIDDEN"),
                DrainProof.COUNTERS,
                statistics,
                Optional.of(new ClockOffset(Duration.ofMillis(-1500), Duration.ofNanos(2_500_000))),
                Optional.of(START.plusSeconds(1)),
                START.plusSeconds(9));
        return new SessionReport(
                "abc123",
                List.of(new TargetReport(Targets.pods("shop", "app=web"), List.of(capture))),
                file,
                Optional.empty(),
                List.of(),
                List.of("thing \"1\": it stays"),
                List.of("slow\nline"),
                List.of(new Mark(START.plusSeconds(2), "paid")),
                START,
                START.plusSeconds(10),
                LossPolicy.WARN);
    }

    private Map<String, Object> written(SessionReport report) throws IOException {
        Path file = directory.resolve("m.json");
        Manifest.write(report, file);
        try (JsonParser json = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), file)) {
            json.nextToken();
            return object(value(json));
        }
    }

    private static Object value(JsonParser json) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT ? (Object) json.getLongValue() : json.getString();
    }

    private static Map<String, Object> only(Object array) {
        assertThat(array)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
        return object(((List<?>) array).get(0));
    }

    private static Map<String, Object> object(Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, element) -> object.put((String) key, element));
        return object;
    }
}
