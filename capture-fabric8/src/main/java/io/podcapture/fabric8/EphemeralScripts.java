package io.podcapture.fabric8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The constant scripts of an ephemeral container; see ephemeral-main.sh and ephemeral-end.sh. */
final class EphemeralScripts {
    private static final String MAIN = load("ephemeral-main.sh");
    private static final String END = load("ephemeral-end.sh");

    private EphemeralScripts() {}

    /** Returns the container's main process, which ends by itself when its session is gone. */
    static List<String> main(String sessionId) {
        return List.of("sh", "-c", MAIN, "podcapture-main-" + sessionId, sessionId);
    }

    /** Returns the command that ends the main process. */
    static List<String> end(String sessionId) {
        return List.of("sh", "-c", END, "podcapture-end", sessionId);
    }

    private static String load(String name) {
        try (InputStream in = Objects.requireNonNull(EphemeralScripts.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
