package io.podcapture;

import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tcpdump of this machine that makes text of packets: it reads them from standard input and captures nothing. */
final class TextTcpdump {
    // Where tcpdump lies on many systems, but not on everybody's PATH.
    private static final List<Path> FOR_ADMINISTRATORS =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"), Path.of("/sbin"));

    // RHEL's tcpdump looks ports up unless told twice. Only -l has it print a packet at once: -U does not, whatever its
    // manual says.
    private static final List<String> OPTIONS = List.of("-nn", "-vvv", "-l", "-r", "-");

    private final List<String> command;

    private TextTcpdump(List<String> command) {
        this.command = command;
    }

    /** Returns where it is looked for: where all commands are, and beyond. */
    static SearchPath searched(SearchPath usual) {
        return usual.and(FOR_ADMINISTRATORS);
    }

    /**
     * Finds it.
     *
     * @param named the program, if the caller has one
     * @throws CaptureException {@link FailureReason#TOOL_MISSING}, with what to do
     */
    static TextTcpdump find(Optional<Path> named, SearchPath searched) {
        Path tcpdump = named.isPresent()
                ? searched.find(named.get().toAbsolutePath().toString())
                        .orElseThrow(() -> missing(named.get() + " is no program that can be run", "name another one"))
                : searched.find("tcpdump")
                        .orElseThrow(() -> missing(
                                "this machine has no tcpdump in " + searched.directories(),
                                "install the package tcpdump"));
        List<String> command = new ArrayList<>();
        // Ctrl-C goes to all processes of a terminal's group, and would end the text before the session's last packets.
        searched.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.add(tcpdump.toString());
        command.addAll(OPTIONS);
        return new TextTcpdump(List.copyOf(command));
    }

    Process start() throws IOException {
        return new ProcessBuilder(command).start();
    }

    private static CaptureException missing(String seen, String remedy) {
        return new CaptureException(
                FailureReason.TOOL_MISSING,
                "cannot show packets as text: " + seen + "; " + remedy + ", or capture without text");
    }
}
