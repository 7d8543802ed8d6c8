package io.podcapture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tcpdump of this machine that makes text of packets: it reads them from standard input and captures nothing. */
final class TextTcpdump {
    // Where tcpdump lies on many systems, but not on everybody's PATH.
    private static final List<String> FOR_ADMINISTRATORS = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

    // RHEL's tcpdump looks ports up unless told twice. Only -l has it print a packet at once: -U does not, whatever its
    // manual says.
    private static final List<String> OPTIONS = List.of("-nn", "-vvv", "-l", "-r", "-");

    private final List<String> command;

    private TextTcpdump(List<String> command) {
        this.command = command;
    }

    /** Returns where programs are looked for, given the variable PATH. */
    static List<Path> directories(String path) {
        Stream<String> own = Arrays.stream(path.split(File.pathSeparator)).filter(directory -> !directory.isEmpty());
        return Stream.concat(own, FOR_ADMINISTRATORS.stream())
                .map(Path::of)
                .distinct()
                .toList();
    }

    /**
     * Finds it.
     *
     * @param named the program, if the caller has one
     * @throws CaptureException {@link FailureReason#TOOL_MISSING}, with what to do
     */
    static TextTcpdump find(Optional<Path> named, List<Path> directories) {
        Path tcpdump = named.isPresent()
                ? named.filter(TextTcpdump::canRun)
                        .orElseThrow(() -> missing(named.get() + " is no program that can be run", "name another one"))
                : find("tcpdump", directories)
                        .orElseThrow(() -> missing(
                                "this machine has no tcpdump in " + directories, "install the package tcpdump"));
        List<String> command = new ArrayList<>();
        // Ctrl-C goes to all processes of a terminal's group, and would end the text before the session's last packets.
        find("setsid", directories).ifPresent(setsid -> command.add(setsid.toString()));
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

    private static Optional<Path> find(String program, List<Path> directories) {
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(TextTcpdump::canRun)
                .findFirst();
    }

    private static boolean canRun(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
