package io.podcapture.spi;

import java.util.ArrayList;
import java.util.List;

/** The constant script that stands between a connection and the tool; see wrapper.sh. */
final class WrapperScript {
    /** Seconds that the tool lives on without a word from us: with the time to end it, less than 30 s. */
    static final int LEASE_SECONDS = 20;

    /** The octet that the script sends now and then on standard error. */
    static final byte HEARTBEAT = 6;

    private static final String TEXT = ShellText.load(WrapperScript.class, "wrapper.sh");

    private WrapperScript() {}

    /** Returns the command that runs the tool behind the script. */
    static List<String> command(String name, String nonce, List<String> tool) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", TEXT, name, nonce, Integer.toString(LEASE_SECONDS)));
        argv.addAll(tool);
        return argv;
    }

    /** Returns what the script writes on standard output after the tool's last octet, up to the status of three digits. */
    static String trailer(String nonce) {
        return "\npodcapture " + nonce + " ";
    }
}
