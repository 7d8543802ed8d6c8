package io.podcapture.fabric8;

/**
 * The clock of one host that jumps; by zero where it does not.
 *
 * @param host whose
 * @param at when, in nanoseconds since 1970
 * @param nanos how far, back if negative
 */
record ClockJump(String host, long at, long nanos) {
    static final ClockJump NONE = new ClockJump("", 0, 0);

    /** Returns what the clock of a host says at a time. */
    long seen(String of, long time) {
        return of.equals(host) && time >= at ? time + nanos : time;
    }
}
