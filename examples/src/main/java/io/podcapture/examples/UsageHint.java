package io.podcapture.examples;

/** Where to read more, below what is wrong with the arguments. */
final class UsageHint {
    private UsageHint() {}

    static String of(String command) {
        return "'" + command + " --help' tells what there is";
    }
}
