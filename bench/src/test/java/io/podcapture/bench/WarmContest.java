package io.podcapture.bench;

import io.podcapture.pcap.OnDamage;
import io.podcapture.pcap.OutputFormat;
import io.podcapture.pcap.PacketFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A merge in a Java that has done nothing else, beside others: what else the compiler has seen, as the making of inputs,
 * makes it reckon with more than a merge needs.
 */
final class WarmContest {
    private WarmContest() {}

    /** Runs the contest in a process of its own; median seconds by name. */
    static Map<String, Double> run(int rounds, Path log, Path output, List<Path> inputs)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                WarmContest.class.getName(),
                Integer.toString(rounds),
                log.toString(),
                output.toString()));
        inputs.forEach(input -> command.add(input.toString()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> seconds = new LinkedHashMap<>();
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                seconds.put(words[0], Double.valueOf(words[1]));
            }
        }
        if (child.waitFor() != 0) {
            throw new IOException("the warm contest ended with status " + child.exitValue());
        }
        return seconds;
    }

    /** With the rounds, a file for what others say, the output and the inputs. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Path log = Path.of(args[1]);
        Path output = Path.of(args[2]);
        List<Path> inputs = Arrays.stream(args).skip(3).map(Path::of).toList();
        String all = String.join(" ", Arrays.asList(args).subList(3, args.length));
        List<Object> mergecap = new ArrayList<>(List.of("mergecap", "-F", "pcap", "-w", output));
        mergecap.addAll(inputs);
        new Contest(rounds, output)
                .warm("warm", () -> merge(output, inputs))
                .peer("mergecap", "mergecap", Runner.process(log, mergecap.toArray()))
                .with("cat", Runner.process(log, "sh", "-c", "cat " + all + " > " + output))
                .run()
                .forEach((name, seconds) -> System.out.println(name + " " + seconds));
    }

    static void merge(Path output, List<Path> inputs) throws IOException {
        PacketFiles.merge(inputs.toArray(Path[]::new))
                .format(OutputFormat.PCAP)
                .onDamage(OnDamage.RESYNC)
                .writeTo(output);
    }
}
