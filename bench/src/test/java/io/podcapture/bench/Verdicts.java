package io.podcapture.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Ratios beside what is demanded of them, printed as they come. */
final class Verdicts {
    /** Goals that may be short: docs/benchmarks.md says by how much, what the cause is, and what was tried. */
    private static final Set<String> DOCUMENTED = documented("G4", "G10");

    private final List<String> shortfalls = new ArrayList<>();

    /** Runs a contest, and compares times; returns them. */
    Map<String, Double> faster(String goal, String what, Contest contest, Contest.Demand demand)
            throws IOException, InterruptedException {
        Map<String, Double> seconds = contest.run(demand);
        faster(goal, what, seconds, demand);
        return seconds;
    }

    /** Compares times: the ratio is how many times faster ours is. */
    void faster(String goal, String what, Map<String, Double> seconds, Contest.Demand demand) {
        Double of = seconds.get(demand.peer());
        Double own = seconds.get(demand.ours());
        if (of == null || own == null) {
            notJudged(goal, what, demand.peer() + " is not installed");
            return;
        }
        String times = String.format(Locale.ROOT, "%s %.3f s, %s %.3f s", demand.ours(), own, demand.peer(), of);
        atLeast(goal, what + ": " + times, of / own, demand.ratio());
    }

    /** What is right or wrong, however fast: no shortfall of it is ever documented. */
    void equal(String goal, String what, long seen, long expected) {
        boolean met = seen == expected;
        String line =
                String.format(Locale.ROOT, "%-4s %-5s  %d = %d  %s", goal, met ? "ok" : "WRONG", seen, expected, what);
        print(line);
        if (!met) {
            shortfalls.add(line);
        }
    }

    void atLeast(String goal, String what, double ratio, double demanded) {
        line(goal, what, ratio, ">=", demanded, ratio >= demanded);
    }

    void atMost(String goal, String what, double value, double demanded) {
        line(goal, what, value, "<=", demanded, value <= demanded);
    }

    void notJudged(String goal, String what, String why) {
        print(String.format(Locale.ROOT, "%-4s NOT JUDGED  %s: %s", goal, what, why));
    }

    /** A figure without demand. */
    void shown(String what, Map<String, Double> seconds) {
        StringBuilder line = new StringBuilder("     shown       ").append(what).append(':');
        seconds.forEach((name, time) -> line.append(String.format(Locale.ROOT, " %s %.3f s;", name, time)));
        print(line.toString());
    }

    /** A ratio without demand. */
    void shown(String what, double ratio) {
        print(String.format(Locale.ROOT, "     shown       %.2f  %s", ratio, what));
    }

    List<String> shortfalls() {
        return shortfalls;
    }

    private void line(String goal, String what, double value, String relation, double demanded, boolean met) {
        boolean documented = DOCUMENTED.contains(goal);
        String verdict = met ? "ok" : documented ? "short, as documented" : "SHORT";
        String line = String.format(
                Locale.ROOT, "%-4s %-5s  %.2f %s %.2f  %s", goal, verdict, value, relation, demanded, what);
        print(line);
        if (!met && !documented) {
            shortfalls.add(line);
        }
    }

    /** More than two would be a habit; what all others stand on, and what no file may cost, is never among them. */
    private static Set<String> documented(String... goals) {
        Set<String> set = Set.of(goals);
        if (set.size() > 2 || set.contains("G1") || set.contains("G5")) {
            throw new IllegalStateException("at most two goals may be short, and never G1 or G5: " + set);
        }
        return set;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
