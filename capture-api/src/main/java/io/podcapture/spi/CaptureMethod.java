package io.podcapture.spi;

import io.podcapture.CaptureException;
import io.podcapture.PlanDepth;
import io.podcapture.Target;
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
     * Makes a target ready, before anybody looks for its points: for methods that change what there is to capture, a
     * workload's pods for instance. The session calls it once for each target whose choice begins with this method. Most
     * methods need nothing.
     *
     * @param context what it makes is undone at the end of the session, after all captures
     * @throws CaptureException with a reason, if the target cannot be made ready; the session does not start then
     */
    default void prepare(Target target, MethodContext context) throws IOException, InterruptedException {}

    /**
     * Finds out whether a capture would work, without doing anything: by reads, questions for rights and dry runs. Called beside
     * the start of another method, and for plans.
     *
     * @param depth {@link PlanDepth#PROBE} allows to run something harmless in the target
     * @param context makes nothing: what is shared in it are answers
     * @throws CaptureException if the answers could not be had; that says nothing about the capture
     */
    default Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        return Assessment.untold();
    }

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
