package io.podcapture.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A capture file filtered beside tcpdump: see docs/benchmarks.md. */
class FileFilterBenchmark {
    private static final String OURS = "podcapture";
    private static final String TCPDUMP = "tcpdump";

    private final int rounds = Integer.getInteger("podcapture.bench.rounds", 5);
    private final String launcher = System.getProperty("podcapture.launcher", "podcapture");
    private final Verdicts verdicts = new Verdicts();
    private final BenchmarkPlaces places = new BenchmarkPlaces();
    private final Path output = places.output;

    FileFilterBenchmark() throws IOException {}

    @AfterEach
    void remove() throws IOException {
        places.close();
    }

    @Test
    void ratios_areWhatIsDemanded() throws Exception {
        Path b = new BenchmarkInputs(places.memory).one("b", 3_000_000, 695);
        beside(b, "tcp port 80", "tcp port 80");
        beside(b, "host 10.0.0.1 and tcp", "host 10.0.0.1 and tcp");
        beside(b, "complex", FilterBenchmark.COMPLEX);
        assertThat(verdicts.shortfalls()).isEmpty();
    }

    private void beside(Path b, String name, String expression) throws IOException, InterruptedException {
        Runner ours = Runner.process(places.log, launcher, "filter", "-w", output, expression, b);
        Runner tcpdump = tcpdump(b, output, expression);
        String what = "filter, 3,000,000, " + name + ", ";
        Contest cold = new Contest(rounds, output).with(OURS, ours).peer(TCPDUMP, TCPDUMP, tcpdump);
        verdicts.faster("G6", what + "cold", cold, new Contest.Demand(OURS, TCPDUMP, 1.5));
        Contest.Demand written = new Contest.Demand("warm", TCPDUMP, 1.8);
        Contest.Demand thrownAway = new Contest.Demand("nowhere", "tcpdump-to-nowhere", 2.4);
        Map<String, Double> warm = WarmContest.filter(rounds, places, expression, b, written, thrownAway);
        verdicts.faster("G6", what + "warm", warm, written);
        verdicts.faster("G6", what + "warm, to nowhere", warm, thrownAway);
        if (Contest.isInstalled(TCPDUMP)) {
            ours.run();
            Path theirs = places.memory.resolve("theirs");
            tcpdump(b, theirs, expression).run();
            long differs = Files.mismatch(output, theirs);
            verdicts.equal("G6", what + "the first octet that differs from tcpdump's, -1 for none", differs, -1);
            Files.delete(output);
            Files.delete(theirs);
        }
    }

    private Runner tcpdump(Path from, Path to, String expression) {
        return Runner.process(places.log, TCPDUMP, "-r", from, "-w", to, expression);
    }
}
