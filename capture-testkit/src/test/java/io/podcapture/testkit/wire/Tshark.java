package io.podcapture.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Counts what an interface saw by tshark, which checks all checksums. */
final class Tshark {
    private final Path directory;

    Tshark(Path directory) {
        this.directory = directory;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tshark")));
    }

    /** {@return of each display filter, none of which has a comma, how many packets match} */
    List<Integer> count(WireInterface seen, String... filters) throws IOException, InterruptedException {
        Path file = directory.resolve(seen.host() + "-" + seen.name() + ".pcap");
        seen.writePcap(file);
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-q", "-r", file.toString()));
        for (String protocol : List.of("tcp", "udp", "ip")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        command.addAll(List.of("-z", "io,stat,0," + String.join(",", filters)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        String[] columns = shown.lines()
                .filter(line -> line.contains("<>"))
                .reduce((first, second) -> {
                    throw new AssertionError(shown);
                })
                .orElseThrow(() -> new AssertionError(shown))
                .split("\\|");
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < filters.length; i++) {
            counts.add(Integer.parseInt(columns[2 + 2 * i].strip()));
        }
        return counts;
    }
}
