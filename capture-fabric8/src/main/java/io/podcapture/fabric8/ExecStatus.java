package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.List;
import java.util.Optional;

/** What the server says at the end of an exec: a {@code Status} on channel 3. */
final class ExecStatus {
    // Words of container runtimes, for a command that the image does not have.
    private static final List<String> MISSING_COMMAND =
            List.of("executable file not found", "no such file or directory");

    private ExecStatus() {}

    /**
     * Returns the exit status of the process.
     *
     * @throws CaptureException if the command could not be run
     */
    static int exitStatus(Status status, String place) {
        if ("Success".equals(status.getStatus())) {
            return 0;
        }
        Optional<Integer> code = exitCode(status);
        if (code.isPresent()) {
            return code.get();
        }
        String words = Optional.ofNullable(status.getMessage()).orElse("it gave no reason");
        if (saysMissingCommand(words)) {
            throw new CaptureException(
                    FailureReason.TOOL_MISSING,
                    "the command is not in the image of " + place + ": " + words
                            + "; name a container that has it, or use ephemeral");
        }
        throw new CaptureException(
                FailureReason.PROCESS_FAILED, "the server could not run the command in " + place + ": " + words);
    }

    /** Tells whether a container runtime means that the image does not have the command. */
    static boolean saysMissingCommand(String words) {
        return MISSING_COMMAND.stream().anyMatch(words::contains);
    }

    private static Optional<Integer> exitCode(Status status) {
        if (!"NonZeroExitCode".equals(status.getReason()) || status.getDetails() == null) {
            return Optional.empty();
        }
        return status.getDetails().getCauses().stream()
                .filter(cause -> "ExitCode".equals(cause.getReason()))
                .map(StatusCause::getMessage)
                .filter(text -> text != null && text.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .findFirst();
    }
}
