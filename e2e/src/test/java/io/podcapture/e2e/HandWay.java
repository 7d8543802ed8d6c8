package io.podcapture.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What people type today; see by-hand.sh.
 *
 * @param name one of the ways of the script
 */
record HandWay(String name) {
    private static final long PATIENCE_SECONDS = 60;

    /** Returns the program kubectl: the one beside the kubeconfig, else that of the path. */
    static String kubectl() {
        String kubeconfig = System.getenv("KUBECONFIG");
        Path beside = Path.of(kubeconfig == null ? "." : kubeconfig).resolveSibling("kubectl");
        return Files.isExecutable(beside) ? beside.toString() : "kubectl";
    }

    Latency measure(LatencyScene scene) throws Exception {
        String made = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        Path file = scene.newFile();
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        script(),
                        "by-hand",
                        name,
                        kubectl(),
                        scene.cluster().namespace(),
                        scene.pod(),
                        made)
                .redirectOutput(file.toFile())
                .redirectError(Path.of(file + ".err").toFile());
        builder.environment().putAll(ClusterChoice.chosen().environment());
        long start = System.currentTimeMillis();
        Process process = builder.start();
        try {
            OptionalLong first = awaitFirst(process, file, start);
            LatencyScene.untilSomeMoment();
            long stop = System.nanoTime();
            process.destroy();
            process.waitFor();
            long stopped = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stop);
            return new Latency(OptionalLong.empty(), OptionalLong.empty(), first, OptionalLong.of(stopped));
        } finally {
            process.destroy();
            process.waitFor();
            endLeftTool(scene, made);
        }
    }

    private static OptionalLong awaitFirst(Process process, Path file, long start) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        OptionalLong first = OptionalLong.empty();
        while (first.isEmpty()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException("no packet came: " + Files.readString(Path.of(file + ".err")));
            }
            first = LatencyScene.untilFirstPacket(file, start);
        }
        return first;
    }

    // Of all these ways, only the one that deletes its pod leaves no tcpdump behind.
    private void endLeftTool(LatencyScene scene, String made) throws Exception {
        if (!name.equals("nodepod")) {
            String container = name.equals("exec") ? "tools" : made;
            scene.cluster().shell(scene.pod(), container).run("pkill tcpdump || true");
        }
    }

    private static String script() throws IOException {
        try (var script = Objects.requireNonNull(HandWay.class.getResourceAsStream("by-hand.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The ways there are. */
    static List<HandWay> all() {
        return List.of(new HandWay("exec"), new HandWay("debug"), new HandWay("nodepod"));
    }
}
