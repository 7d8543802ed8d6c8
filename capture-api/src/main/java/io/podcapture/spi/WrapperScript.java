package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The constant script that stands between a connection and the tool; see wrapper.sh. */
final class WrapperScript {
    /** Seconds that the tool lives on without a word from us: with the time to end it, less than 30 s. */
    static final int LEASE_SECONDS = 20;

    /** The octet that the script sends now and then on standard error. */
    static final byte HEARTBEAT = 6;

    private static final String TEXT = load();

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

    // Comments are left out: the script travels in the address of a request, and some proxies allow 8 KiB.
    private static String load() {
        try (InputStream in =
                Objects.requireNonNull(WrapperScript.class.getResourceAsStream("wrapper.sh"), "wrapper.sh")) {
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
