package io.podcapture.examples;

import java.util.OptionalInt;
import java.util.logging.LogManager;

/** Where the program begins. Names no class of the full reader of arguments, which plain work on files does without. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command, with the logs of the JDK silent from then on; returns its status. */
    public static int run(String[] args) {
        OptionalInt plain = PlainFileCommand.run(args);
        if (plain.isPresent()) {
            return plain.getAsInt();
        }
        // Whoever runs the program sees its own words alone. Netty takes the silent SLF4J for none and logs to the
        // JDK, even a stack trace when a connection ends after its client.
        LogManager.getLogManager().reset();
        return PodCapture.run(args);
    }
}
