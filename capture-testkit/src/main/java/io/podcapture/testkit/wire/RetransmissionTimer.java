package io.podcapture.testkit.wire;

import org.jspecify.annotations.Nullable;

/** When to send again what nobody acknowledged. Source: RFC 6298, sections 2 and 5, with Linux's smallest timeout. */
final class RetransmissionTimer {
    private static final long FIRST_TIMEOUT = 1_000_000_000;
    private static final long SMALLEST_TIMEOUT = 200_000_000;

    /** Linux's net.ipv4.tcp_syn_retries, and the first one. */
    private static final int TRIES = 7;

    private final Events events;
    private final Runnable timedOut;
    private long timeout = FIRST_TIMEOUT;
    private long roundTrip = -1;
    private long began;
    private int tries;
    private Events.@Nullable Event timer;

    RetransmissionTimer(Events events, Runnable timedOut) {
        this.events = events;
        this.timedOut = timedOut;
    }

    /** The round trip is measured from now. */
    void begin() {
        began = events.now();
    }

    void start() {
        stop();
        timer = events.after(timeout, this::expired);
    }

    void startIfStopped() {
        if (timer == null) {
            start();
        }
    }

    void stop() {
        if (timer != null) {
            timer.callOff();
            timer = null;
        }
    }

    /** Stops: something new was acknowledged. */
    void progress() {
        stop();
        if (roundTrip < 0) {
            // After a second try nobody knows which one was answered.
            roundTrip = tries == 0 ? events.now() - began : 0;
        }
        tries = 0;
        timeout = SMALLEST_TIMEOUT + roundTrip;
    }

    private void expired() {
        timer = null;
        tries++;
        if (tries < TRIES) {
            timeout *= 2;
            timedOut.run();
        }
    }
}
