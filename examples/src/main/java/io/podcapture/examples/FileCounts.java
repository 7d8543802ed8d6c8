package io.podcapture.examples;

import io.podcapture.pcap.CopyReport;
import io.podcapture.pcap.InterfaceDescription;
import io.podcapture.pcap.InterfaceStatistics;
import io.podcapture.pcap.MergeReport;
import io.podcapture.pcap.PcapFormatException;
import io.podcapture.pcap.ReadingReport;
import io.podcapture.pcap.StatisticsReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** The counts of reports by name, for JSON; and damage as sentences. */
final class FileCounts {
    private FileCounts() {}

    static Map<String, Object> of(CopyReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("input", report.input().toString());
        counts.put("packetsRead", report.packetsRead());
        counts.put("packetsWritten", report.packetsWritten());
        counts.put("octetsWritten", report.octetsWritten());
        time(counts, "firstTimestamp", report.firstTimestamp());
        time(counts, "lastTimestamp", report.lastTimestamp());
        counts.put("outOfOrder", report.outOfOrder());
        counts.put("withoutTimestamp", report.withoutTimestamp());
        counts.put("skippedBlocks", report.skippedBlocks());
        counts.put("skippedOptions", report.skippedOptions());
        counts.put("clamped", report.clamped());
        reading(counts, report.reading());
        return counts;
    }

    static Map<String, Object> of(MergeReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("packetsRead", report.packetsRead());
        counts.put("packetsWritten", report.packetsWritten());
        counts.put("octetsWritten", report.octetsWritten());
        time(counts, "firstTimestamp", report.firstTimestamp());
        time(counts, "lastTimestamp", report.lastTimestamp());
        counts.put("inputs", report.inputs().stream().map(FileCounts::of).toList());
        return counts;
    }

    private static Map<String, Object> of(MergeReport.Input input) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("input", input.file().toString());
        counts.put("packetsRead", input.packetsRead());
        counts.put("packetsWritten", input.packetsWritten());
        counts.put("octetsWritten", input.octetsWritten());
        counts.put("outOfOrder", input.outOfOrder());
        counts.put("withoutTimestamp", input.withoutTimestamp());
        counts.put("skippedBlocks", input.skippedBlocks());
        counts.put("skippedOptions", input.skippedOptions());
        counts.put("clamped", input.clamped());
        reading(counts, input.reading());
        input.failure().ifPresent(failure -> counts.put("failure", FileFailure.inWords(failure)));
        return counts;
    }

    static Map<String, Object> of(StatisticsReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("input", report.file().toString());
        counts.put("format", report.format());
        counts.put("fileOctets", report.fileOctets());
        counts.put("packets", report.packets());
        counts.put("capturedOctets", report.capturedOctets());
        counts.put("originalOctets", report.originalOctets());
        time(counts, "firstTimestamp", report.firstTimestamp());
        time(counts, "lastTimestamp", report.lastTimestamp());
        counts.put(
                "durationSeconds",
                report.duration().getSeconds() + report.duration().getNano() / 1e9);
        counts.put("packetsPerSecond", report.packetRate());
        counts.put("octetsPerSecond", report.octetRate());
        counts.put("outOfOrder", report.outOfOrder());
        counts.put("withoutTimestamp", report.withoutTimestamp());
        report.sha256().ifPresent(hex -> counts.put("sha256", hex));
        reading(counts, report.reading());
        counts.put(
                "interfaces", report.interfaces().stream().map(FileCounts::of).toList());
        return counts;
    }

    private static Map<String, Object> of(StatisticsReport.Interface of) {
        Map<String, Object> counts = new LinkedHashMap<>();
        InterfaceDescription description = of.description();
        description.name().ifPresent(name -> counts.put("name", name));
        description.description().ifPresent(text -> counts.put("description", text));
        description.filter().ifPresent(filter -> counts.put("filter", filter));
        counts.put("linkType", description.linkType().name());
        counts.put("snaplen", description.snaplen());
        counts.put("packets", of.packets());
        counts.put("capturedOctets", of.capturedOctets());
        counts.put("originalOctets", of.originalOctets());
        time(counts, "firstTimestamp", of.firstTimestamp());
        time(counts, "lastTimestamp", of.lastTimestamp());
        of.counted().ifPresent(counted -> counted(counts, counted));
        return counts;
    }

    private static void counted(Map<String, Object> counts, InterfaceStatistics counted) {
        count(counts, "received", counted.received());
        count(counts, "acceptedByFilter", counted.acceptedByFilter());
        count(counts, "droppedByKernel", counted.droppedByKernel());
        count(counts, "droppedByInterface", counted.droppedByInterface());
        count(counts, "delivered", counted.delivered());
    }

    private static void reading(Map<String, Object> counts, ReadingReport reading) {
        counts.put("damagedPlaces", reading.damagedPlaces());
        counts.put("resyncs", reading.resyncs());
        counts.put("damagedOctets", reading.damagedOctets());
        counts.put("truncated", reading.truncation().isPresent());
        counts.put("normalizedTimes", reading.normalizedTimes());
        counts.put("raisedLengths", reading.raisedLengths());
        reading.damage()
                .or(reading::truncation)
                .ifPresent(damage -> counts.put("damage", String.valueOf(damage.getMessage())));
    }

    /** A line if the file was damaged or cut. */
    static List<String> damage(Path file, ReadingReport reading) {
        if (reading.whole()) {
            return List.of();
        }
        Optional<PcapFormatException> first = reading.damage().isPresent() ? reading.damage() : reading.truncation();
        return List.of(file + ": " + reading + "; first: "
                + (first.isPresent() ? first.get().getMessage() : ""));
    }

    /** A line if something was left out or put right. */
    static List<String> notes(CopyReport report) {
        return note(
                report.input(),
                report.skippedBlocks(),
                report.skippedOptions(),
                report.clamped(),
                report.reading().normalizedTimes(),
                report.reading().raisedLengths());
    }

    /** A line for each input of which something was left out or put right. */
    static List<String> notes(MergeReport report) {
        List<String> lines = new ArrayList<>();
        for (MergeReport.Input input : report.inputs()) {
            ReadingReport reading = input.reading();
            lines.addAll(note(
                    input.file(),
                    input.skippedBlocks(),
                    input.skippedOptions(),
                    input.clamped(),
                    reading.normalizedTimes(),
                    reading.raisedLengths()));
        }
        return lines;
    }

    private static List<String> note(
            Path input, long blocks, long options, long clamped, long normalizedTimes, long raisedLengths) {
        StringJoiner words = new StringJoiner(", ");
        note(words, blocks, "blocks left out");
        note(words, options, "options left out");
        note(words, clamped, "times changed to what the format can hold");
        note(words, normalizedTimes, "times read as nanoseconds, though the file says microseconds");
        note(words, raisedLengths, "original lengths raised to what was captured");
        return words.length() == 0 ? List.of() : List.of(input + ": " + words);
    }

    private static void note(StringJoiner words, long count, String what) {
        if (count > 0) {
            words.add(count + " " + what);
        }
    }

    /** A line for each input that was damaged, cut or left out. */
    static List<String> damage(MergeReport report) {
        List<String> lines = new ArrayList<>();
        for (MergeReport.Input input : report.inputs()) {
            if (input.failure().isPresent()) {
                lines.add(input.file() + " was left out: "
                        + FileFailure.inWords(input.failure().get()));
            } else {
                lines.addAll(damage(input.file(), input.reading()));
            }
        }
        return lines;
    }

    private static void time(Map<String, Object> counts, String name, Optional<Instant> time) {
        time.ifPresent(instant -> counts.put(name, instant.toString()));
    }

    private static void count(Map<String, Object> counts, String name, OptionalLong count) {
        count.ifPresent(value -> counts.put(name, value));
    }
}
