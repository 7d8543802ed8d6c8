package io.podcapture;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Shows the packets of a session while they are captured. It is a copy: a tap that is slow or fails misses packets, which are
 * counted, and harms neither the capture nor its file. Immutable. Experimental.
 *
 * @since 0.1
 */
public final class LiveTap {
    private final Consumer<? super TextLine> reader;
    private final Optional<Path> tcpdump;

    private LiveTap(Consumer<? super TextLine> reader, Optional<Path> tcpdump) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.tcpdump = tcpdump;
    }

    /**
     * Makes a tap for the lines that {@code tcpdump -nn -vvv} prints, for instance {@code text(System.out::println)}. The
     * tcpdump is that of this machine, found by the variable PATH and in the directories for administrators; without one the
     * session does not start, for {@link FailureReason#TOOL_MISSING}. It looks no names up, and its times are those of this
     * machine's time zone. Of packets of {@code any} it may name the interface wrongly, as it does for files from elsewhere.
     *
     * <p>Each capture point has a tcpdump process of its own, from its first packet on. Packets of several points come in
     * the order in which they arrive here, not of their times. Methods that fetch the packets at the end show them then.
     *
     * @param reader called on threads of the session, for one line at a time, and for all lines of a packet before any of
     *     another one. While it blocks, packets gather in the part file; where those of a point are more than 4 MiB behind,
     *     older ones are left out, and a line tells their number. Ten seconds after the captures have ended it is interrupted
     *     and not called any more; what was not shown then is in the warnings of the result. If it throws, it is not
     *     called again for that point. It must not wait for the end of the session; stop it from another thread
     */
    public static LiveTap text(Consumer<? super TextLine> reader) {
        return new LiveTap(reader, Optional.empty());
    }

    /**
     * Makes a tap as {@link #text(Consumer)} does, by another tcpdump.
     *
     * @param tcpdump the program's file
     */
    public static LiveTap text(Path tcpdump, Consumer<? super TextLine> reader) {
        return new LiveTap(reader, Optional.of(tcpdump));
    }

    Consumer<? super TextLine> reader() {
        return reader;
    }

    Optional<Path> tcpdump() {
        return tcpdump;
    }
}
