package io.podcapture;

import io.podcapture.pcap.CaptureSink;
import io.podcapture.pcap.InterfaceStatistics;
import io.podcapture.pcap.MergeInput;
import io.podcapture.pcap.MergeReport;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PacketMerge;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The one file of a session: the part files in order of time, with an interface block for each capture point. */
final class MergedFile {
    static final String APPLICATION = "PodCapture";

    private final Path path;
    private final PacketMerge merge = PacketFiles.merge();
    private final Map<InetAddress, List<String>> names = new LinkedHashMap<>();
    private long packets;

    MergedFile(Path path) {
        this.path = path;
    }

    void add(Path part, PointResult point) {
        packets += point.statistics().packets();
        add(part, point.point(), point.interfaceName(), point.filter(), input -> input.statistics(statistics(point)));
    }

    void add(Path part, CapturePoint point, String interfaceName, String filter, Consumer<? super MergeInput> options) {
        merge.input(part, input -> {
            input.name(point + ":" + interfaceName).description(description(point));
            if (!filter.isBlank()) {
                input.filter(filter);
            }
            options.accept(input);
        });
        for (String address : point.attributes().getOrDefault("ip", "").split(",")) {
            addName(address, point.name());
        }
    }

    /** Writes what its inputs give. */
    MergeReport writeGiven(String comment) throws IOException {
        return merge.sectionComment(comment)
                .userApplication(APPLICATION)
                .names(names)
                .writeTo(CaptureSink.syncedFile(path));
    }

    /** Writes it, and checks that each packet of the parts is in it. */
    void write(String comment) throws IOException {
        MergeReport report = writeGiven(comment);
        if (report.packetsWritten() != packets) {
            throw new IOException(
                    "the parts have " + packets + " packets, but " + report.packetsWritten() + " were merged");
        }
    }

    private static String description(CapturePoint point) {
        String attributes = point.attributes().entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(" "));
        return attributes.isEmpty() ? point.toString() : attributes;
    }

    // Addresses come as numbers: they are parsed and never looked up.
    private void addName(String address, String name) {
        if (address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            try {
                List<String> known = names.computeIfAbsent(InetAddress.getByName(address), key -> new ArrayList<>());
                if (!known.contains(name)) {
                    known.add(name);
                }
            } catch (IOException notAnAddress) {
                // A point without a name in the file is still captured whole.
            }
        }
    }

    private static InterfaceStatistics statistics(PointResult point) {
        InterfaceStatistics.Builder statistics = InterfaceStatistics.builder().endTime(point.ended());
        point.capturing().ifPresent(statistics::startTime);
        CaptureStatistics counted = point.statistics();
        counted.received().ifPresent(statistics::acceptedByFilter);
        counted.droppedByKernel().ifPresent(statistics::droppedByKernel);
        counted.droppedByInterface().ifPresent(statistics::droppedByInterface);
        counted.captured().ifPresent(statistics::delivered);
        return statistics
                .comment(point.outcome() + ", kernel buffer " + counted.kernelBuffer() + " octets")
                .build();
    }
}
