package io.podcapture.testkit.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code Status} objects of Kubernetes, as answers and as the end of an exec. */
final class ApiStatus {
    private static final Map<Integer, String> REASONS = Map.of(
            400, "BadRequest",
            401, "Unauthorized",
            403, "Forbidden",
            404, "NotFound",
            409, "AlreadyExists",
            410, "Expired",
            429, "TooManyRequests",
            503, "ServiceUnavailable",
            504, "Timeout");

    private ApiStatus() {}

    /** A request that is answered by a {@code Status}. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final String words;

        Refusal(int code, String words) {
            super(words);
            this.code = code;
            this.words = words;
        }

        int code() {
            return code;
        }

        Map<String, Object> status() {
            Map<String, Object> status = failure(REASONS.getOrDefault(code, "InternalError"), words);
            status.put("code", code);
            return status;
        }
    }

    static Refusal notFound(String resource, String name) {
        return new Refusal(404, resource + " \"" + name + "\" not found");
    }

    private static Map<String, Object> failure(String reason, String message) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", message);
        status.put("reason", reason);
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
