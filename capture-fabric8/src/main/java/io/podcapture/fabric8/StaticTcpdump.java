package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** A tcpdump that needs no library where it runs, as the caller gave it; read once, when it is first needed. */
final class StaticTcpdump {
    // ELF: the magic, and the machine in two octets, low one first.
    private static final int MAGIC = 0x7f454c46;
    private static final int MACHINE = 18;
    private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "arm64", 183);

    private final String architecture;
    private final String name;
    private final Source source;
    private Optional<Program> program = Optional.empty();

    /** Where the octets come from. */
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Describes one.
     *
     * @param name of its file, for messages
     */
    StaticTcpdump(String architecture, String name, Source source) {
        this.architecture = architecture;
        this.name = name;
        this.source = source;
    }

    /**
     * Returns its octets.
     *
     * @throws CaptureException if they cannot be read, or are no program for the architecture
     */
    synchronized Program program() {
        if (program.isEmpty()) {
            program = Optional.of(read());
        }
        return program.get();
    }

    private Program read() {
        byte[] octets;
        try (InputStream in = source.open()) {
            octets = in.readAllBytes();
        } catch (IOException e) {
            throw new CaptureException(
                    FailureReason.TOOL_MISSING,
                    "the static tcpdump for " + architecture + " cannot be read from " + name + ": " + e,
                    e);
        }
        // What the kernel does not know as a program a shell would take for a script of its own.
        if (!isProgram(octets)) {
            throw new CaptureException(FailureReason.TOOL_MISSING, name + " is no Linux program for " + architecture);
        }
        return new Program(octets);
    }

    private boolean isProgram(byte[] octets) {
        if (octets.length < MACHINE + 2) {
            return false;
        }
        int magic = (octets[0] & 0xff) << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | octets[3] & 0xff;
        int machine = octets[MACHINE] & 0xff | (octets[MACHINE + 1] & 0xff) << 8;
        return magic == MAGIC && MACHINES.getOrDefault(architecture, machine) == machine;
    }
}
