package io.podcapture;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** All that a result says, as JSON. A count that nobody told is left out, never zero. */
final class Manifest {
    private static final int FORMAT = 1;

    private final JsonGenerator json;

    private Manifest(JsonGenerator json) {
        this.json = json;
    }

    static void write(SessionReport report, Path file) throws IOException {
        write(file, report.sessionId(), manifest -> manifest.session(report));
    }

    static void write(SnapshotReport report, Path file) throws IOException {
        write(file, report.sessionId(), manifest -> manifest.snapshot(report));
    }

    /** Returns where the manifest of a capture file lies. */
    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".manifest.json");
    }

    private static void write(Path file, String sessionId, Consumer<Manifest> content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + "." + sessionId + ".part");
        try (FileChannel channel = FileChannel.open(
                        part,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PrivateFiles.attributes(part));
                OutputStream out = Channels.newOutputStream(channel);
                JsonGenerator json = JsonFactory.builder().build().createGenerator(new Indented(), out)) {
            content.accept(new Manifest(json));
        } catch (JacksonException | IOException e) {
            Files.deleteIfExists(part);
            throw new IOException(e.getMessage(), e);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private void session(SessionReport report) {
        json.writeStartObject();
        json.writeNumberProperty("format", FORMAT);
        json.writeStringProperty("session", report.sessionId());
        json.writeStringProperty("outcome", report.outcome().name());
        report.file().ifPresent(file -> json.writeStringProperty("file", file.toString()));
        json.writeStringProperty("started", report.started().toString());
        json.writeStringProperty("ended", report.ended().toString());
        json.writeArrayPropertyStart("targets");
        report.targets().forEach(this::target);
        json.writeEndArray();
        strings("parts", report.parts().stream().map(Path::toString).toList());
        strings("leftovers", report.leftovers());
        strings("warnings", report.warnings());
        marks(report.marks());
        json.writeEndObject();
    }

    private void snapshot(SnapshotReport report) {
        json.writeStartObject();
        json.writeNumberProperty("format", FORMAT);
        json.writeStringProperty("session", report.sessionId());
        json.writeStringProperty("outcome", report.outcome().name());
        json.writeStringProperty("file", report.file().toString());
        report.from().ifPresent(from -> json.writeStringProperty("from", from.toString()));
        json.writeStringProperty("to", report.to().toString());
        json.writeNumberProperty("packets", report.packetCount());
        json.writeArrayPropertyStart("points");
        report.points().forEach(this::snapshotPoint);
        json.writeEndArray();
        marks(report.marks());
        json.writeEndObject();
    }

    private void snapshotPoint(SnapshotPoint point) {
        json.writeStartObject();
        named(point.point(), point.interfaceName());
        json.writeStringProperty("outcome", point.outcome().name());
        json.writeStringProperty("explanation", point.explanation());
        json.writeStringProperty("drain", point.drain().name());
        clock(point.clock());
        json.writeEndObject();
    }

    private void marks(List<Mark> marks) {
        json.writeArrayPropertyStart("marks");
        for (Mark mark : marks) {
            json.writeStartObject();
            json.writeStringProperty("time", mark.time().toString());
            json.writeStringProperty("text", mark.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void named(CapturePoint point, String interfaceName) {
        json.writeStringProperty("id", point.id());
        json.writeStringProperty("name", point.name());
        json.writeStringProperty("place", point.place());
        json.writeObjectPropertyStart("attributes");
        point.attributes().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeStringProperty("interface", interfaceName);
    }

    private void clock(Optional<ClockOffset> clock) {
        clock.ifPresent(offset -> {
            json.writeObjectPropertyStart("clock");
            json.writeNumberProperty("offsetSeconds", seconds(offset.offset()));
            json.writeNumberProperty("errorSeconds", seconds(offset.error()));
            json.writeEndObject();
        });
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros();
    }

    private void target(TargetResult target) {
        json.writeStartObject();
        Target named = target.target();
        json.writeStringProperty("kind", named.kind());
        json.writeStringProperty("scope", named.scope());
        named.name().ifPresent(name -> json.writeStringProperty("name", name));
        named.selector().ifPresent(selector -> json.writeStringProperty("selector", selector));
        named.container().ifPresent(container -> json.writeStringProperty("container", container));
        json.writeStringProperty("outcome", target.outcome().name());
        json.writeArrayPropertyStart("points");
        target.points().forEach(this::point);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void point(PointResult point) {
        json.writeStartObject();
        named(point.point(), point.interfaceName());
        json.writeStringProperty("filter", point.filter());
        point.method().ifPresent(method -> json.writeStringProperty("method", method));
        json.writeStringProperty("outcome", point.outcome().name());
        json.writeStringProperty("endedBy", point.endedBy().name());
        point.reason().ifPresent(reason -> json.writeStringProperty("reason", reason.name()));
        json.writeStringProperty("explanation", point.explanation());
        json.writeStringProperty("drain", point.drain().name());
        point.capturing().ifPresent(since -> json.writeStringProperty("capturing", since.toString()));
        json.writeStringProperty("ended", point.ended().toString());
        statistics(point.statistics());
        clock(point.clock());
        strings("passedOver", point.passedOver());
        json.writeEndObject();
    }

    private void statistics(CaptureStatistics statistics) {
        json.writeObjectPropertyStart("statistics");
        json.writeNumberProperty("packets", statistics.packets());
        json.writeNumberProperty("octets", statistics.octets());
        count("captured", statistics.captured());
        count("receivedByFilter", statistics.received());
        count("droppedByKernel", statistics.droppedByKernel());
        count("droppedByInterface", statistics.droppedByInterface());
        json.writeNumberProperty("kernelBuffer", statistics.kernelBuffer());
        json.writeEndObject();
    }

    private void count(String name, OptionalLong count) {
        count.ifPresent(value -> json.writeNumberProperty(name, value));
    }

    private void strings(String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
