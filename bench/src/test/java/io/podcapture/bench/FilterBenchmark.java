package io.podcapture.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The capture filter alone beside libpcap's interpreter: see docs/benchmarks.md. */
class FilterBenchmark {
    static final String COMPLEX = "tcp and (port 80 or 443 or 8080) and not host 10.0.0.7 or udp port 53 or icmp";
    private static final String COMPILED = "compiled";
    private static final String CLASS = "class";
    private static final String HEAP = "heap";
    private static final String INTERPRETER = "interpreter";
    private static final String LIBPCAP = "libpcap";
    private static final int HOSTS = 200;

    private final int rounds = Integer.getInteger("podcapture.bench.rounds", 5);
    private final Verdicts verdicts = new Verdicts();

    @TempDir
    Path directory = Path.of("");

    @Test
    void ratios_areWhatIsDemanded() throws Exception {
        FilterContest contest = new FilterContest(rounds, directory);
        if (!contest.compilePeer() || !Contest.isInstalled("tcpdump")) {
            verdicts.notJudged("G7", "filter alone", "gcc or tcpdump is not installed");
            return;
        }
        besideLibpcap(contest, "tcp port 80", "tcp port 80", 3);
        besideLibpcap(contest, "complex", COMPLEX, 3);
        Map<String, Double> ofHosts = besideLibpcap(contest, HOSTS + " hosts", FilterInputs.hostList(HOSTS), 15);
        besideFewer(contest, 450, true, ofHosts, CLASS, COMPILED);
        besideFewer(contest, 450, false, ofHosts, CLASS);
        besideFewer(contest, 2_000, false, ofHosts, CLASS, COMPILED);
        showCompilation(new CompileContest(rounds, directory, contest.peer()));
        assertThat(verdicts.shortfalls()).isEmpty();
    }

    /** Returns the nanoseconds of each. */
    private Map<String, Double> besideLibpcap(FilterContest contest, String name, String expression, double demanded)
            throws IOException, InterruptedException {
        // A buffer within the heap is checked in more places than one outside it, which files are read into.
        List<Contest.Demand> demands = List.of(
                new Contest.Demand(COMPILED, LIBPCAP, demanded),
                new Contest.Demand(CLASS, LIBPCAP, demanded),
                new Contest.Demand(HEAP, LIBPCAP, 0.8 * demanded));
        Map<String, Double> nanos =
                run(contest, name, expression, true, demands, COMPILED, CLASS, HEAP, INTERPRETER, LIBPCAP);
        for (Contest.Demand demand : demands) {
            double ours = nanos.get(demand.ours());
            double peer = nanos.get(LIBPCAP);
            String what = "filter, %s, %s: %.1f ns, %s %.1f ns";
            verdicts.atLeast(
                    "G7",
                    String.format(Locale.ROOT, what, name, demand.ours(), ours, LIBPCAP, peer),
                    peer / ours,
                    demand.ratio());
        }
        verdicts.atLeast(
                "G7",
                String.format(
                        Locale.ROOT, "filter, %s, beside the interpreter's %.1f ns", name, nanos.get(INTERPRETER)),
                nanos.get(INTERPRETER) / nanos.get(CLASS),
                1);
        return nanos;
    }

    /** Of more hosts the time of a packet is to be nearly that of {@value #HOSTS}. */
    private void besideFewer(
            FilterContest contest, int hosts, boolean optimized, Map<String, Double> fewer, String... runners)
            throws IOException, InterruptedException {
        Map<String, Double> nanos =
                run(contest, hosts + " hosts", FilterInputs.hostList(hosts), optimized, List.of(), runners);
        for (String ours : runners) {
            String how = optimized || ours.equals(COMPILED) ? ours : ours + ", not optimized by libpcap";
            verdicts.atMost(
                    "G7",
                    String.format(
                            Locale.ROOT,
                            "%,d hosts, %s, time of a packet by that of 200: %.1f ns",
                            hosts,
                            how,
                            nanos.get(ours)),
                    nanos.get(ours) / fewer.get(ours),
                    3);
        }
    }

    private void showCompilation(CompileContest contest) throws IOException, InterruptedException {
        List<CompileContest.Result> results = contest.run();
        CompileContest.Result ours = results.get(0);
        CompileContest.Result peer = results.get(1);
        showCompilation("first", ours.first(), peer.first());
        showCompilation("hundredth", ours.hundredth(), peer.hundredth());
    }

    private void showCompilation(String which, double ours, double peer) {
        verdicts.shown(
                String.format(
                        Locale.ROOT,
                        "%s filter compiled, time by libpcap's: podcapture %.0f µs, %s %.0f µs",
                        which,
                        ours / 1e3,
                        LIBPCAP,
                        peer / 1e3),
                ours / peer);
    }

    private Map<String, Double> run(
            FilterContest contest,
            String name,
            String expression,
            boolean optimized,
            List<Contest.Demand> demands,
            String... runners)
            throws IOException, InterruptedException {
        int hosts = name.endsWith(" hosts") ? Integer.parseInt(name.split(" ")[0]) : HOSTS;
        Path packets = directory.resolve(hosts + ".packets");
        FilterInputs.write(packets, 10 * hosts);
        FilterContest.Filter filter = contest.filter(name.replace(' ', '-'), expression, optimized);
        FilterContest.Result result = contest.run(filter, packets, demands, runners);
        assertThat(new HashSet<>(result.kept().values())).as("packets kept").hasSize(1);
        return result.nanos();
    }
}
