package io.podcapture.testkit.wire;

import java.util.List;

/** What one side of a TCP connection knows of the other's segments, and tells in its own. */
final class TcpReceiver {
    private final ReceiveQueue in = new ReceiveQueue();
    private long first;
    private long echo;
    private boolean owed;

    void take(TcpSegment segment) {
        if (segment.has(TcpSegment.SYN)) {
            first = segment.sequence();
        }
        long from = segment.sequence() - first & 0xffff_ffffL;
        if (from <= in.next()) {
            echo = segment.options().value();
        }
        if (segment.length() > 0) {
            in.arrived(from, from + segment.length(), segment.has(TcpSegment.FIN));
            owed = true;
        }
    }

    /** {@return whether something is there that no segment has acknowledged yet} */
    boolean owesAcknowledgment() {
        return owed;
    }

    void acknowledged() {
        owed = false;
    }

    /** {@return the sequence number that is waited for} */
    long acknowledgment() {
        return first + in.next();
    }

    /** {@return what the other side's timestamps said last: RFC 7323, section 4.3} */
    long echo() {
        return echo;
    }

    List<TcpOptions.Range> ranges() {
        return in.ranges(3).stream()
                .map(range -> new TcpOptions.Range(first + range.from(), first + range.to()))
                .toList();
    }

    long octets() {
        return in.octets();
    }

    boolean isFinished() {
        return in.isFinished();
    }

    boolean isSmooth() {
        return in.isSmooth();
    }
}
