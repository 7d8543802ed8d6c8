package io.podcapture;

import java.util.List;
import java.util.OptionalLong;

/**
 * How far the captures of a session are, at one moment.
 *
 * @param points one entry per capture point and interface
 * @since 0.1
 */
public record CaptureProgress(List<Point> points) {
    /** Copies the list. */
    public CaptureProgress {
        points = List.copyOf(points);
    }

    /** Returns the packets of all captures. */
    public long packets() {
        return points.stream().mapToLong(Point::packets).sum();
    }

    /** Returns the octets of all captures. */
    public long octets() {
        return points.stream().mapToLong(Point::octets).sum();
    }

    /**
     * How far one capture is.
     *
     * @param point whose packets
     * @param interfaceName on which interface
     * @param packets packets that arrived
     * @param octets octets that arrived, headers included
     * @param dropped packets lost, as the tool told it last; empty before it told
     */
    public record Point(CapturePoint point, String interfaceName, long packets, long octets, OptionalLong dropped) {}
}
