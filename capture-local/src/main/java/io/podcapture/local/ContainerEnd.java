package io.podcapture.local;

import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.spi.PointListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The wait for the end of a container: one client of the engine, blocked until then. Docker and Podman know the command, and it
 * misses no end that came before it.
 */
final class ContainerEnd implements AutoCloseable {
    // The engine's command heeds no end of its input: with this shell it goes as this JVM does, even when that is
    // killed.
    private static final String UNTIL_TOLD = """
            exec 3<&0
            "$@" 3<&- </dev/null & waiting=$!
            { read -r told <&3; kill "$waiting"; } >/dev/null 2>&1 & guard=$!
            exec 3<&-
            wait "$waiting"; status=$?
            kill "$guard" 2>/dev/null
            exit "$status"
            """;

    private final Process process;
    private final CapturePoint point;

    private ContainerEnd(Process process, CapturePoint point) {
        this.process = process;
        this.point = point;
    }

    /** Begins to wait, and tells the listener when the container has ended; an engine that does not answer is no news of it. */
    static ContainerEnd await(Engine engine, CapturePoint point, PointListener listener) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", UNTIL_TOLD, "podcapture"));
        argv.addAll(engine.command(List.of("wait", point.id())));
        ContainerEnd end = new ContainerEnd(LocalCommand.start(argv), point);
        end.process.onExit().thenRun(() -> end.fate().ifPresent(fate -> listener.gone(point, fate)));
        return end;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }

    private Optional<String> fate() {
        return fate(point, process.exitValue(), text(process.getInputStream()), text(process.getErrorStream()));
    }

    /** Returns what happened to the container; empty if the command's end says nothing of it. */
    static Optional<String> fate(CapturePoint point, int status, String printed, String said) {
        String container = "container " + point.name();
        if (status == 0) {
            return Optional.of(printed)
                    .filter(words -> words.matches("-?[0-9]+"))
                    .map(code -> container + " ended with status " + code);
        }
        FailureReason reason = EngineFailure.of("wait for " + container, said, FailureReason.PROCESS_FAILED)
                .reason();
        return reason == FailureReason.TARGET_NOT_FOUND ? Optional.of(container + " was removed") : Optional.empty();
    }

    private static String text(InputStream printed) {
        try (printed) {
            return new String(printed.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
