package io.podcapture.fabric8;

import io.podcapture.spi.ShellText;
import java.util.List;

/** The constant scripts that bring a program into a container and start it there; see upload-*.sh. */
final class UploadScripts {
    /** What a program calls itself that the launch script starts: the number of a descriptor. */
    static final String PROGRAM = "9";

    private static final String SEND = ShellText.load(UploadScripts.class, "upload-send.sh");
    private static final String LAUNCH = ShellText.load(UploadScripts.class, "upload-launch.sh");

    private UploadScripts() {}

    /** Returns the command that takes a program from its standard input. */
    static List<String> send(String file, int octets, long seconds) {
        return List.of("sh", "-c", SEND, "podcapture-send", file, Integer.toString(octets), Long.toString(seconds));
    }

    /** Returns what to put before a command so that the program in the file runs in its place. */
    static List<String> launch(String file) {
        return List.of("sh", "-c", LAUNCH, "podcapture-upload", file);
    }
}
