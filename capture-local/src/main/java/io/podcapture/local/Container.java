package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.spi.CommandOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A container that runs, or the machine that containers run on, by the network that a container of ours can join.
 *
 * @param point where it is captured
 */
record Container(CapturePoint point) {
    private static final String HOST = "containerhost";

    private static final Set<String> ALIVE = Set.of("running", "paused");

    // Words that both docker and podman know; a line each.
    private static final List<String> FIELDS = List.of(
            "{{.Id}}",
            "{{.Name}}",
            "{{.State.Status}}",
            "{{.Config.Image}}",
            "{{.HostConfig.NetworkMode}}",
            "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.GlobalIPv6Address}} {{end}}");

    /** Tells whether the target names one. */
    static boolean isNamedBy(Target target) {
        return (target.kind().equals("container") || target.kind().equals(HOST))
                && target.name().isPresent();
    }

    /**
     * Asks the engine for what the target names.
     *
     * @throws CaptureException if the engine cannot be asked, does not know it, or it does not run
     */
    static Container find(Engine engine, Target target) throws IOException, InterruptedException {
        if (target.kind().equals(HOST)) {
            return new Container(CapturePoint.builder(HOST, "container host")
                    .attribute("hostNetwork", "true")
                    .build());
        }
        String name = target.name().orElseThrow();
        CommandOutput output = engine.ask(
                Engine.PATIENCE,
                List.of("inspect", "--type", "container", "--format", String.join("\n", FIELDS), "--", name));
        if (output.status() != 0) {
            throw EngineFailure.of("look at container " + name, output.stderr(), FailureReason.PROCESS_FAILED);
        }
        return read(name, output.stdout());
    }

    /** Returns what a container of ours joins: the argument of {@code --network}. */
    static String network(Target target, CapturePoint point) {
        return target.kind().equals(HOST) ? "host" : "container:" + point.id();
    }

    /** Returns the name that an engine has printed; docker puts a slash before it. */
    static String nameOf(String printed) {
        return printed.startsWith("/") ? printed.substring(1) : printed;
    }

    private static Container read(String asked, String printed) {
        List<String> lines = new ArrayList<>(printed.lines().map(String::strip).toList());
        if (lines.size() < FIELDS.size() - 1 || !lines.get(0).matches("[0-9a-f]{12,}")) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    "the container engine told of container " + asked + " what cannot be read: " + printed.strip());
        }
        // The last line is empty without a network, and then may be cut off.
        lines.add("");
        String status = lines.get(2);
        if (!ALIVE.contains(status)) {
            throw new CaptureException(
                    FailureReason.TARGET_NOT_FOUND,
                    "container " + asked + " is not running: it is " + status + "; start it first");
        }
        return new Container(CapturePoint.builder(lines.get(0), nameOf(lines.get(1)))
                .attribute("image", lines.get(3))
                .attribute("hostNetwork", lines.get(4).equals("host") ? "true" : "")
                .attribute("ip", addresses(lines.get(5)))
                .build());
    }

    // podman prints "invalid IP" for what is not there.
    private static String addresses(String words) {
        return String.join(
                ",",
                Arrays.stream(words.split(" "))
                        .filter(word -> word.indexOf('.') > 0 || word.indexOf(':') >= 0)
                        .toList());
    }
}
