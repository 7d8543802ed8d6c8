package io.podcapture.examples;

import io.podcapture.CaptureListener;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureProgress;
import io.podcapture.CaptureStatistics;
import io.podcapture.PointResult;
import io.podcapture.TextLine;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line a second on a terminal; nothing when the output is piped. */
final class ProgressLine implements CaptureListener {
    // The launcher asks the shell: what the JVM says of its console differs between versions.
    private static final boolean TERMINAL = Boolean.getBoolean("podcapture.terminal");
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private boolean shown;

    ProgressLine(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void ready(CapturePoint point, String interfaceName, String method) {
        say("capturing " + point + " (" + interfaceName + ") by " + method);
    }

    @Override
    public void joined(CapturePoint point) {
        say(point + " appeared and is not captured");
    }

    @Override
    public void gone(CapturePoint point, String reason) {
        say(reason);
    }

    @Override
    public synchronized void progress(CaptureProgress now) {
        if (TERMINAL) {
            err.print(CLEAR + now.points().stream().map(ProgressLine::inWords).collect(Collectors.joining("   ")));
            err.flush();
            shown = true;
        }
    }

    synchronized void clear() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
            shown = false;
        }
    }

    /** Prints a line on another output, which may be the same terminal, and may block: nobody waits for it here. */
    void above(PrintWriter out, TextLine line) {
        clear();
        out.println(line);
    }

    private synchronized void say(String line) {
        clear();
        err.println(line);
        err.flush();
    }

    static String inWords(PointResult point) {
        CaptureStatistics counted = point.statistics();
        String what = point.outcome() + " " + point.point() + " (" + point.interfaceName() + "): " + counted.packets()
                + " packets, " + octets(counted.octets())
                + (counted.droppedByKernel().isPresent() ? ", " + counted.dropped() + " dropped" : "")
                + ", ended by " + point.endedBy();
        return point.explanation().isEmpty() ? what : what + "\n  " + point.explanation();
    }

    private static String inWords(CaptureProgress.Point point) {
        String dropped = point.dropped().isPresent() ? ", " + point.dropped().getAsLong() + " dropped" : "";
        return point.point() + ": " + point.packets() + " packets, " + octets(point.octets()) + dropped;
    }

    private static String octets(long octets) {
        if (octets < 10_000) {
            return octets + " octets";
        }
        return octets < 10_000_000
                ? octets / 1000 + " kB"
                : String.format(Locale.ROOT, "%.1f MB", octets / 1_000_000.0);
    }
}
