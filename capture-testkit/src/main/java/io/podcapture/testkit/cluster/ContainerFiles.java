package io.podcapture.testkit.cluster;

import io.podcapture.spi.ShellText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The commands of the images, as directories for a process's {@code PATH}: those of this machine by links, so that a command
 * which an image does not have is not found, whatever the machine has.
 */
final class ContainerFiles {
    private static final List<String> SYSTEM = List.of("/usr/bin", "/bin", "/usr/local/bin");
    private static final List<String> COMMANDS =
            List.of(("cat chmod cp cut date dd echo env false grep head id kill ls mkdir mkfifo mv od "
                            + "printf ps rm rmdir sed sh sha256sum sleep sort stat tail tar tee touch tr true uname wc")
                    .split(" "));

    private final Path root;
    private final Path shellDirectory;
    private final String interruptible;

    private ContainerFiles(Path root, Path shellDirectory, String interruptible) {
        this.root = root;
        this.shellDirectory = shellDirectory;
        this.interruptible = interruptible;
    }

    /**
     * Makes the directories within one that is there.
     *
     * @param shell the command that is their {@code sh}
     */
    static ContainerFiles make(Path root, String shell) throws IOException {
        Path commands = Files.createDirectory(root.resolve("bin"));
        for (String command : COMMANDS) {
            Optional<Path> found = find(command.equals("sh") ? shell : command);
            if (found.isPresent()) {
                Files.createSymbolicLink(commands.resolve(command), found.get());
            }
        }
        if (!Files.exists(commands.resolve("sh"))) {
            throw new IOException("a simulated cluster needs a shell, and this machine has no " + shell);
        }
        Path nsenter = root.resolve("nsenter");
        Files.writeString(nsenter, "#!/bin/sh\n" + ShellText.load(ContainerFiles.class, "nsenter.sh") + "\n");
        Files.setPosixFilePermissions(nsenter, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(root.resolve("tcpdump.sh"), ShellText.load(ContainerFiles.class, "tcpdump.sh") + "\n");
        return new ContainerFiles(root, commands, interruptible());
    }

    private static Optional<Path> find(String command) {
        return SYSTEM.stream()
                .map(directory -> Path.of(directory, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns the word for a container's {@code PATH}. */
    String path(SimulatedImage image, Path tools) {
        return switch (image) {
            case TOOLS -> tools + ":" + shellDirectory;
            case SHELL -> shellDirectory.toString();
            case NO_SHELL, UNAVAILABLE -> root.resolve("nothing").toString();
        };
    }

    /**
     * Puts a tcpdump into a directory, whose calls are for this place, and a nsenter.
     *
     * @param door where they tell of themselves
     */
    void addTool(Path tools, Path place, Path door) throws IOException {
        Path file = tools.resolve("tcpdump");
        Files.writeString(
                file,
                "#!/bin/sh\nexec " + interruptible + " /bin/sh '" + root.resolve("tcpdump.sh") + "' '" + place + "' '"
                        + door + "' \"${0##*/}\" \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(tools.resolve("nsenter"), root.resolve("nsenter"));
    }

    /** Returns a command that runs another one with SIGINT as it was before a shell ignored it for the background. */
    private static String interruptible() throws IOException {
        Optional<Path> env = find("env").filter(ContainerFiles::resetsSignals);
        if (env.isPresent()) {
            return env.get() + " --default-signal=INT";
        }
        Path perl = find("perl")
                .orElseThrow(() -> new IOException(
                        "a simulated cluster needs env of GNU coreutils 8.31 or newer, or perl: neither is here"));
        return perl + " -e '$SIG{INT} = \"DEFAULT\"; exec @ARGV'";
    }

    private static boolean resetsSignals(Path env) {
        try {
            Process process = new ProcessBuilder(env.toString(), "--default-signal=INT", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
