package io.podcapture.spi;

import io.podcapture.CaptureException;
import java.io.IOException;

/**
 * A way to take packets at a capture point.
 *
 * <p>The session asks for one capture per point and interface, from several threads at once; a method keeps no state
 * of a capture but in what {@link #start} returns. The session owns filter, limits, deadline, files, counting and the order
 * of cleaning up; the method owns getting the octets of one point into the sink, and proving start and end.
 *
 * @since 0.1
 */
public interface CaptureMethod {
    /** Returns the word by which people choose the method, for instance {@code exec}. */
    String name();

    /** Returns what turns targets into capture points. Methods of one choice have equal resolvers. */
    TargetResolver resolver();

    /**
     * Starts one capture and returns when the tool listens: every packet from now on is seen by it.
     *
     * <p>Registers a {@linkplain MethodContext#onCleanup cleanup} for everything it makes, before it waits for it. When the
     * tool ends before it listens, fails at once with the tool's words; never waits for a time-out then. Heeds interrupts:
     * the session interrupts when the start takes too long or is cancelled.
     *
     * @param request what to capture
     * @param sink where the tool's octets go, unchanged; a write that blocks is the back-pressure
     * @param context what the session offers
     * @throws CaptureException with a reason, if the capture cannot be had; after most reasons the next method of the choice
     *     is tried
     * @throws IOException if the way to the point failed otherwise
     */
    RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException;
}
