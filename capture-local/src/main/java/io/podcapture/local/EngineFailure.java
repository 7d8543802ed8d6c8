package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells from the last words of docker or podman why it refused. */
final class EngineFailure {
    private static final List<String> NO_RIGHT = List.of(
            "permission denied while trying to connect", "connect: permission denied", "permission denied (publickey");

    private static final List<String> UNREACHABLE = List.of(
            "cannot connect to the docker daemon",
            "is the docker daemon running",
            "failed to connect to the docker api",
            "error during connect",
            "cannot connect to podman",
            "unable to connect to podman",
            "connection refused",
            "connection reset",
            "no such host",
            "i/o timeout",
            "tls handshake");

    private static final List<String> NO_CONTAINER = List.of(
            "no such container", "no such object", "no container with", "non running container", "is not running");

    private static final List<String> NO_IMAGE = List.of(
            "no such image",
            "image not known",
            "manifest unknown",
            "pull access denied",
            "repository does not exist",
            "invalid reference format",
            "initializing source",
            "failed to resolve reference");

    private static final List<String> NO_SHELL = List.of("executable file not found", "no such file or directory");

    private EngineFailure() {}

    /**
     * Returns the failure.
     *
     * @param doing for the message, {@code look at container web} for instance
     * @param said what it printed on standard error
     * @param otherwise the reason where the words show none
     */
    static CaptureException of(String doing, String said, FailureReason otherwise) {
        String words = said.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.endsWith("--help'.") && !line.contains("--help' for more"))
                .collect(Collectors.joining("; "));
        FailureReason reason = reason(words.toLowerCase(Locale.ROOT), otherwise);
        return new CaptureException(
                reason,
                "the container engine cannot " + doing + ": " + (words.isEmpty() ? "it said nothing" : words)
                        + advice(reason));
    }

    private static FailureReason reason(String words, FailureReason otherwise) {
        // Who may not use the way to the engine is told so among words of a broken connection.
        if (contains(words, NO_RIGHT)) {
            return FailureReason.FORBIDDEN;
        }
        if (contains(words, UNREACHABLE)) {
            return FailureReason.STREAM_LOST;
        }
        if (contains(words, NO_CONTAINER)) {
            return FailureReason.TARGET_NOT_FOUND;
        }
        if (contains(words, NO_IMAGE)) {
            return FailureReason.IMAGE_UNAVAILABLE;
        }
        if (words.contains("authorization denied")) {
            return FailureReason.POLICY_DENIED;
        }
        return words.contains("exec") && contains(words, NO_SHELL) ? FailureReason.TOOL_MISSING : otherwise;
    }

    private static boolean contains(String words, List<String> some) {
        return some.stream().anyMatch(words::contains);
    }

    private static String advice(FailureReason reason) {
        return switch (reason) {
            case STREAM_LOST -> "; check that the engine runs and that DOCKER_HOST or the context names it";
            case TARGET_NOT_FOUND -> "; docker ps lists the containers that run";
            case IMAGE_UNAVAILABLE ->
                "; name an image that the engine has or may pull: LocalMethods.builder().image, --image";
            case TOOL_MISSING -> "; the image needs a POSIX shell and tcpdump";
            case FORBIDDEN -> "; this user needs the right to use the engine's socket";
            default -> "";
        };
    }
}
