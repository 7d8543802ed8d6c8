package io.podcapture.bench;

import io.podcapture.pcap.CaptureSink;
import io.podcapture.pcap.OnDamage;
import io.podcapture.pcap.OutputFormat;
import io.podcapture.pcap.PacketFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Work on files in a Java that has done nothing else, beside others: what else the compiler has seen, as the making of
 * inputs, makes it reckon with more than the work needs.
 */
final class WarmContest {
    private static final Path NOWHERE = Path.of("/dev/null");

    private WarmContest() {}

    /** Runs a merge in a process of its own; median seconds by name. */
    static Map<String, Double> merge(int rounds, BenchmarkPlaces places, List<Path> inputs, Contest.Demand... demands)
            throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of("merge", rounds, places.log, places.output, written(demands)));
        words.addAll(inputs);
        return run(words);
    }

    /** Runs a filter in a process of its own, to the output and to nowhere; median seconds by name. */
    static Map<String, Double> filter(
            int rounds, BenchmarkPlaces places, String expression, Path input, Contest.Demand... demands)
            throws IOException, InterruptedException {
        return run(List.of("filter", rounds, places.log, places.output, written(demands), expression, input));
    }

    /** At least one. */
    private static String written(Contest.Demand... demands) {
        return Stream.of(demands)
                .map(demand -> demand.ours() + ' ' + demand.peer() + ' ' + demand.ratio())
                .collect(Collectors.joining(","));
    }

    private static Contest.Demand[] demands(String written) {
        return Stream.of(written.split(","))
                .map(demand -> demand.split(" "))
                .map(words -> new Contest.Demand(words[0], words[1], Double.parseDouble(words[2])))
                .toArray(Contest.Demand[]::new);
    }

    private static Map<String, Double> run(List<Object> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                WarmContest.class.getName()));
        words.forEach(word -> command.add(word.toString()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> seconds = new LinkedHashMap<>();
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] figure = line.split(" ");
                seconds.put(figure[0], Double.valueOf(figure[1]));
            }
        }
        if (child.waitFor() != 0) {
            throw new IOException("the warm contest ended with status " + child.exitValue());
        }
        return seconds;
    }

    /** With the work's name, the rounds, a file for what others say, the output, demands and what the work is on. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        Path log = Path.of(args[2]);
        Path output = Path.of(args[3]);
        List<String> rest = Arrays.asList(args).subList(5, args.length);
        Contest contest = new Contest(rounds, output);
        if (args[0].equals("merge")) {
            addMerge(contest, log, output, rest);
        } else {
            addFilter(contest, log, output, rest.get(0), Path.of(rest.get(1)));
        }
        contest.run(demands(args[4])).forEach((name, seconds) -> System.out.println(name + " " + seconds));
    }

    private static void addMerge(Contest contest, Path log, Path output, List<String> words) {
        List<Path> inputs = words.stream().map(Path::of).toList();
        List<Object> mergecap = new ArrayList<>(List.of("mergecap", "-F", "pcap", "-w", output));
        mergecap.addAll(inputs);
        contest.warm("warm", () -> merge(output, inputs))
                .peer("mergecap", "mergecap", Runner.process(log, mergecap.toArray()))
                .with("cat", Runner.process(log, "sh", "-c", "cat " + String.join(" ", words) + " > " + output));
    }

    private static void addFilter(Contest contest, Path log, Path output, String expression, Path input) {
        contest.warm("warm", () -> filter(output, expression, input))
                .warm("nowhere", () -> filterToNowhere(expression, input))
                .peer("tcpdump", "tcpdump", Runner.process(log, "tcpdump", "-r", input, "-w", output, expression))
                .peer(
                        "tcpdump",
                        "tcpdump-to-nowhere",
                        Runner.process(log, "tcpdump", "-r", input, "-w", NOWHERE, expression));
    }

    static void merge(Path output, List<Path> inputs) throws IOException {
        PacketFiles.merge(inputs.toArray(Path[]::new))
                .format(OutputFormat.PCAP)
                .onDamage(OnDamage.RESYNC)
                .writeTo(output);
    }

    private static void filter(Path output, String expression, Path input) throws IOException {
        PacketFiles.filter(input, expression).writeTo(output);
    }

    /** To the place where the system throws all away, as tcpdump is told to; as a channel, for a file would replace it. */
    private static void filterToNowhere(String expression, Path input) throws IOException {
        try (FileChannel nowhere = FileChannel.open(NOWHERE, StandardOpenOption.WRITE)) {
            PacketFiles.filter(input, expression).writeTo(CaptureSink.channel(nowhere));
        }
    }
}
