package io.podcapture.examples;

import java.util.OptionalInt;

/** Where the program begins. Names no class of the full reader of arguments, which plain work on files does without. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command; returns its status. */
    public static int run(String[] args) {
        OptionalInt plain = PlainFileCommand.run(args);
        return plain.isPresent() ? plain.getAsInt() : PodCapture.run(args);
    }
}
