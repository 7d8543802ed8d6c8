package io.podcapture.pcap.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs tcpdump. */
final class Tcpdump {
    /** What it wrote, and whether it took its filter. */
    record Answer(byte[] output, String error, boolean accepted) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    private Tcpdump() {}

    static boolean isHere() {
        try {
            return new ProcessBuilder("tcpdump", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Answer run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path error = directory.resolve("tcpdump.err");
        List<String> command = new ArrayList<>(List.of("tcpdump"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(error.toFile()).start();
        byte[] output = process.getInputStream().readAllBytes();
        return new Answer(output, Files.readString(error), process.waitFor() == 0);
    }
}
