package io.podcapture.e2e;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program with a simulated cluster of the pods of pods.yaml, until its input ends. Each line of it is a download from pod
 * web-sidecar: how many octets, and how many in a second. Argument: the file that tells how it is reached.
 */
final class ClusterProgram {
    static final String READY = "ready";
    static final String SEEN = "seen ";

    private ClusterProgram() {}

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (SimulatedStage stage = SimulatedStage.withPods()) {
            Files.writeString(Path.of(args[0]), stage.kubeconfig());
            System.out.println(READY);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                System.out.println(
                        SEEN + stage.download("web-sidecar", Long.parseLong(words[0]), Long.parseLong(words[1])));
            }
        }
    }
}
