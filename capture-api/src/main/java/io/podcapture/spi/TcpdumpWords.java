package io.podcapture.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands what arrives on standard error: tcpdump's words, the wrapper script's lines and its heartbeat.
 *
 * <p>One line of tcpdump is several writes, and one write several frames: only whole lines mean something. Used by one
 * thread.
 */
final class TcpdumpWords {
    private static final int KEPT_LINES = 20;
    private static final int LONGEST_LINE = 4096;
    private static final Pattern COUNT =
            Pattern.compile("(\\d+) packets? (captured|received by filter|dropped by kernel|dropped by interface)");

    // Seconds, then a fraction behind the point or comma of the shell's locale.
    private static final Pattern CLOCK = Pattern.compile("clock (\\d{1,12})\\b(?:[.,](\\d{6,9})\\b)?");
    // bash tells microseconds.
    private static final long ERROR_OF_FRACTION = 500;

    private final String ours;
    private final ToolName name;
    private final Listener listener;
    private final StringBuilder line = new StringBuilder();
    private final Deque<String> said = new ArrayDeque<>();
    private ToolCounters counters = ToolCounters.UNKNOWN;
    private OptionalInt exit = OptionalInt.empty();

    /** Is told what was understood. */
    interface Listener {
        /** The interface is open and the filter attached. */
        void listening();

        /** The counts asked for. */
        void counted(ToolCounters counters);

        /** The tool has ended; everything it said was told before. */
        void exited(int status);

        /** The tool cannot be sent a signal, and so can neither be asked nor stopped. */
        void deaf();

        /** What the clock said that was asked for; empty when it cannot be read. */
        void clock(Optional<ClockReading> reading);

        /** The room for the tool's files is used up, and it is told to end. */
        void full();

        /** A line in the tool's own words. */
        void said(String line);
    }

    TcpdumpWords(String nonce, ToolName name, Listener listener) {
        this.ours = "podcapture " + nonce + " ";
        this.name = name;
        this.listener = listener;
    }

    void accept(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            byte octet = octets[i];
            if (octet == '\n') {
                endLine();
            } else if (octet != WrapperScript.HEARTBEAT && line.length() < LONGEST_LINE) {
                line.append((char) (octet & 0xff));
            }
        }
    }

    // A line of ours is one write, and may come between two writes of one line of tcpdump's, which goes on
    // behind it.
    private void endLine() {
        int at = Math.max(0, line.indexOf(ours));
        String whole = line.substring(at);
        line.setLength(at);
        understand(name.usual(whole));
    }

    /** Returns the counts that tcpdump told when it ended. */
    synchronized ToolCounters counters() {
        return counters;
    }

    /** Returns the status that the tool ended with, as the wrapper script told it. */
    synchronized OptionalInt exit() {
        return exit;
    }

    /** Returns the last lines in the tool's own words, without what is said of every capture. */
    synchronized List<String> said() {
        return new ArrayList<>(said);
    }

    private void understand(String text) {
        if (text.startsWith(ours)) {
            understandOurs(text.substring(ours.length()));
        } else if (text.startsWith("tcpdump: listening on ")) {
            listener.listening();
        } else if (text.equals(SpoolScript.FULL)) {
            listener.full();
        } else if (COUNT.matcher(text).find()) {
            count(text);
        } else if (!text.startsWith("tcpdump: data link type ") && !text.isBlank()) {
            keep(text);
            listener.said(text);
        }
    }

    private void understandOurs(String text) {
        if (text.startsWith("exit ")) {
            int status = Integer.parseInt(text.substring(5).strip());
            synchronized (this) {
                exit = OptionalInt.of(status);
            }
            listener.exited(status);
        } else if (text.startsWith("clock")) {
            listener.clock(clock(text));
        } else if (text.equals("deaf")) {
            listener.deaf();
        }
    }

    private static Optional<ClockReading> clock(String text) {
        Matcher matcher = CLOCK.matcher(text);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        Instant seconds = Instant.ofEpochSecond(Long.parseLong(matcher.group(1)));
        String digits = matcher.group(2);
        if (digits == null) {
            return Optional.of(new ClockReading(seconds.plusMillis(500), Duration.ofMillis(500)));
        }
        long nanos = Long.parseLong((digits + "00000000").substring(0, 9));
        return Optional.of(new ClockReading(seconds.plusNanos(nanos), Duration.ofNanos(ERROR_OF_FRACTION)));
    }

    // Asked while it runs, tcpdump tells all counts in one line that begins with its name; at its end a line each.
    private void count(String text) {
        boolean asked = text.startsWith("tcpdump: ");
        ToolCounters counted = asked ? ToolCounters.UNKNOWN : counters();
        Matcher matcher = COUNT.matcher(text);
        while (matcher.find()) {
            counted = with(counted, matcher.group(2), Long.parseLong(matcher.group(1)));
        }
        if (asked) {
            listener.counted(counted);
        } else {
            synchronized (this) {
                counters = counted;
            }
        }
    }

    private synchronized void keep(String text) {
        if (said.size() == KEPT_LINES) {
            said.removeFirst();
        }
        said.addLast(text);
    }

    private static ToolCounters with(ToolCounters counters, String what, long count) {
        OptionalLong value = OptionalLong.of(count);
        return switch (what) {
            case "captured" ->
                new ToolCounters(value, counters.received(), counters.droppedByKernel(), counters.droppedByInterface());
            case "received by filter" ->
                new ToolCounters(counters.captured(), value, counters.droppedByKernel(), counters.droppedByInterface());
            case "dropped by kernel" ->
                new ToolCounters(counters.captured(), counters.received(), value, counters.droppedByInterface());
            default -> new ToolCounters(counters.captured(), counters.received(), counters.droppedByKernel(), value);
        };
    }
}
