package io.podcapture.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small scripts that stand in for tcpdump. A background process starts with INT ignored; these heed it, as tcpdump does. */
final class StandIn {
    static final String COUNTS = "3 packets captured\\n4 packets received by filter\\n1 packet dropped by kernel\\n";
    static final String ASKED =
            "tcpdump: 3 packets captured, 4 packets received by filter, 1 packet dropped by kernel\\n";
    static final String LISTENING =
            "tcpdump: listening on any, link-type EN10MB (Ethernet), snapshot length 262144 bytes\\n";

    /** Runs until INT, answers USR1. */
    static final String POLITE = "trap 'printf \"" + COUNTS + "\" >&2; exit 0' INT\n"
            + "trap 'printf \"" + ASKED + "\" >&2' USR1\n"
            + "printf begun\n"
            + "while :; do sleep 0.05; done\n";

    private StandIn() {}

    /** Returns the command that runs a script; with a path, for busybox has an env of its own that knows less. */
    static List<String> of(Path directory, String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile(directory, "stand-in", ".sh"), text);
        return List.of("/usr/bin/env", "--default-signal=INT", "sh", file.toString());
    }
}
