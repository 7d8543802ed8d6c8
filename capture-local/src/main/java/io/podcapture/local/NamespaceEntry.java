package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The way into a network namespace: the command nsenter of util-linux or busybox. */
final class NamespaceEntry {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NetworkNamespace namespace;

    NamespaceEntry(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** Returns what stands before a command that is to run inside; nothing where this JVM is inside itself. */
    List<String> prefix() {
        return namespace.isOurs() ? List.of() : List.of("nsenter", "--net=" + namespace.file(), "--");
    }

    /**
     * Enters and comes back: tcpdump's wrapper could not tell nsenter's complaints from those of tcpdump.
     *
     * @throws CaptureException if there is no way in, with nsenter's words
     */
    void probe() throws IOException, InterruptedException {
        List<String> prefix = prefix();
        if (prefix.isEmpty()) {
            return;
        }
        requireCommand("nsenter", "it belongs to util-linux");
        List<String> argv = new ArrayList<>(prefix);
        argv.add("true");
        CommandOutput output = LocalCommand.run(argv, PATIENCE);
        if (output.status() != 0) {
            throw refusal(output.stderr().strip());
        }
    }

    /** Fails with {@link FailureReason#TOOL_MISSING} where the command is not on the PATH. */
    static void requireCommand(String command, String hint) {
        if (SearchPath.ofThisJvm().find(command).isEmpty()) {
            throw new CaptureException(
                    FailureReason.TOOL_MISSING, "there is no " + command + " on the PATH of this JVM; " + hint);
        }
    }

    CaptureException refusal(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        String seen = namespace.words() + " cannot be entered: " + words;
        if (lower.contains("permission denied") || lower.contains("not permitted")) {
            return new CaptureException(
                    FailureReason.FORBIDDEN,
                    seen + "; run as root, or with the capabilities SYS_ADMIN, SYS_PTRACE and NET_RAW");
        }
        if (lower.contains("no such file")) {
            return new CaptureException(FailureReason.TARGET_NOT_FOUND, seen + "; it has ended meanwhile");
        }
        if (lower.contains("invalid argument")) {
            return new CaptureException(
                    FailureReason.TARGET_NOT_FOUND, seen + "; " + namespace.file() + " is no network namespace");
        }
        return new CaptureException(FailureReason.PROCESS_FAILED, seen);
    }
}
