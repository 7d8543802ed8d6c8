package io.podcapture.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** What was measured, and what it is held against. */
final class LatencyTable {
    private static final double MOST_OF_HAND = 1.2;
    private static final double MOST_OF_ALONE = 1.5;
    private static final String ROW = "%-16s %-20s %-20s %-20s %-7s %-20s %s%n";

    private final Map<String, List<Latency>> measured = new LinkedHashMap<>();

    /** Returns the row of a way by hand. */
    static String byHand(String way) {
        return "by hand: " + way;
    }

    void add(String way, Latency latency) {
        measured.computeIfAbsent(way, name -> new ArrayList<>()).add(latency);
    }

    void print(List<MethodWay> methods) {
        System.out.printf("%nmilliseconds, median (least-greatest)%n");
        System.out.printf(ROW, "way", "ready", "with helper there", "first packet", "x hand", "stop", "targets");
        methods.forEach(this::printMethod);
        measured.keySet().stream().filter(way -> way.startsWith(byHand(""))).forEach(way -> {
            List<Latency> all = measured.get(way);
            System.out.printf(ROW, way, "-", "-", first(way), "", LatencySpread.of(all, Latency::stop), "");
        });
        System.out.println();
    }

    private void printMethod(MethodWay way) {
        List<Latency> all = measured.getOrDefault(way.name(), List.of());
        LatencySpread ready = LatencySpread.of(all, Latency::ready);
        LatencySpread withHelper = LatencySpread.of(all, Latency::withoutHelper);
        StringJoiner targets = new StringJoiner(", ");
        judge(targets, "ready", ready, way.readyWithin());
        judge(targets, "with helper", withHelper, way.withHelperWithin());
        String ratio = "";
        OptionalLong ours = first(way.name()).median();
        OptionalLong hand = way.hand().map(name -> first(byHand(name)).median()).orElse(OptionalLong.empty());
        if (ours.isPresent() && hand.isPresent()) {
            double times = (double) ours.getAsLong() / hand.getAsLong();
            ratio = String.format("%.2f", times);
            targets.add(verdict("first packet <= " + MOST_OF_HAND + "x", times <= MOST_OF_HAND));
        }
        way.alone().ifPresent(name -> judgeAsking(targets, ready, name));
        System.out.printf(
                ROW,
                way.name(),
                ready,
                withHelper,
                first(way.name()),
                ratio,
                LatencySpread.of(all, Latency::stop),
                targets);
    }

    private void judgeAsking(StringJoiner targets, LatencySpread ready, String alone) {
        OptionalLong without = LatencySpread.of(measured.getOrDefault(alone, List.of()), Latency::ready)
                .median();
        if (without.isPresent() && ready.median().isPresent()) {
            double times = (double) ready.median().getAsLong() / without.getAsLong();
            targets.add(verdict(
                    String.format("ready <= %.1fx %s alone, is %.2fx,", MOST_OF_ALONE, alone, times),
                    times <= MOST_OF_ALONE));
        }
    }

    private LatencySpread first(String way) {
        return LatencySpread.of(measured.getOrDefault(way, List.of()), Latency::first);
    }

    private static void judge(StringJoiner targets, String what, LatencySpread spread, OptionalLong within) {
        if (within.isPresent() && spread.median().isPresent()) {
            boolean met = spread.median().getAsLong() <= within.getAsLong();
            targets.add(verdict(what + " <= " + within.getAsLong(), met));
        }
    }

    private static String verdict(String target, boolean met) {
        return target + (met ? " met" : " MISSED");
    }
}
