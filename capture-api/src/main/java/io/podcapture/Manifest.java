package io.podcapture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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
        Path part = file.resolveSibling(file.getFileName() + "." + report.sessionId() + ".part");
        try (FileChannel channel = FileChannel.open(
                        part,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PrivateFiles.attributes(part));
                OutputStream out = Channels.newOutputStream(channel);
                JsonGenerator json = JsonFactory.builder().build().createGenerator(new Indented(), out)) {
            new Manifest(json).session(report);
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
        json.writeEndObject();
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
        json.writeStringProperty("id", point.point().id());
        json.writeStringProperty("name", point.point().name());
        json.writeStringProperty("place", point.point().place());
        json.writeObjectPropertyStart("attributes");
        point.point().attributes().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeStringProperty("interface", point.interfaceName());
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
