package io.podcapture.testkit.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code Status} objects of Kubernetes, as answers and as the end of an exec. */
final class ApiStatus {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(400, "BadRequest"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "NotFound"),
            Map.entry(405, "MethodNotAllowed"),
            Map.entry(409, "AlreadyExists"),
            Map.entry(410, "Expired"),
            Map.entry(415, "UnsupportedMediaType"),
            Map.entry(422, "Invalid"),
            Map.entry(429, "TooManyRequests"),
            Map.entry(503, "ServiceUnavailable"),
            Map.entry(504, "Timeout"));

    private ApiStatus() {}

    /** A request that is answered by a {@code Status}. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final String reason;
        private final String words;
        private final transient List<Map<String, Object>> causes;

        Refusal(int code, String words) {
            this(code, REASONS.getOrDefault(code, "InternalError"), words, List.of());
        }

        private Refusal(int code, String reason, String words, List<Map<String, Object>> causes) {
            super(words);
            this.code = code;
            this.reason = reason;
            this.words = words;
            this.causes = causes;
        }

        int code() {
            return code;
        }

        Map<String, Object> status() {
            Map<String, Object> status = failure(reason, words);
            status.put("code", code);
            if (!causes.isEmpty()) {
                status.put("details", Map.of("causes", causes));
            }
            return status;
        }
    }

    static Refusal notFound(String resource, String name) {
        return new Refusal(404, resource + " \"" + name + "\" not found");
    }

    /**
     * Refuses a change since somebody else's was different.
     *
     * @param causes one for each field, if it is about fields
     */
    static Refusal conflict(String words, List<Map<String, Object>> causes) {
        return new Refusal(409, "Conflict", words, causes);
    }

    /** Refuses a change of an object that is not as its client thinks. */
    static Refusal unfulfilled(ApiPath path, String why) {
        return conflict(
                "Operation cannot be fulfilled on " + path.resource() + " \"" + path.name() + "\": " + why, List.of());
    }

    /** Refuses by what a real API server has no reason for: 500, with words alone. */
    static Refusal unreasoned(String words) {
        return new Refusal(500, "", words, List.of());
    }

    private static Map<String, Object> failure(String reason, String message) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        return status;
    }

    /** Returns what is told of a process that ended. */
    static Map<String, Object> exited(int code) {
        if (code == 0) {
            return Map.of("metadata", Map.of(), "status", "Success");
        }
        Map<String, Object> status =
                failure("NonZeroExitCode", "command terminated with non-zero exit code: exit status " + code);
        status.put(
                "details", Map.of("causes", List.of(Map.of("reason", "ExitCode", "message", Integer.toString(code)))));
        return status;
    }

    /** Returns what is told of a command that the image does not have. */
    static Map<String, Object> notInImage(String command) {
        Map<String, Object> status = failure(
                "InternalError",
                "Internal error occurred: error executing command in container: failed to exec in container: failed to"
                        + " start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: \""
                        + command + "\": executable file not found in $PATH: unknown");
        status.put("code", 500);
        return status;
    }
}
