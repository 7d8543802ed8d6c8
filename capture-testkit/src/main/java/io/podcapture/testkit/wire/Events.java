package io.podcapture.testkit.wire;

import java.util.OptionalLong;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in order; what is for one moment, in the order in which it was asked for. */
final class Events {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long now;
    private long made;
    private boolean running;

    /** Something to happen, unless it is called off before. */
    static final class Event implements Comparable<Event> {
        private final long time;
        private final long order;
        private final Runnable action;
        private boolean calledOff;

        Event(long time, long order, Runnable action) {
            this.time = time;
            this.order = order;
            this.action = action;
        }

        void callOff() {
            calledOff = true;
        }

        @Override
        public int compareTo(Event other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
        }
    }

    /** {@return nanoseconds since the wire began} */
    long now() {
        return now;
    }

    Event at(long time, Runnable action) {
        Event event = new Event(Math.max(time, now), made++, action);
        queue.add(event);
        return event;
    }

    Event after(long nanos, Runnable action) {
        return at(now + nanos, action);
    }

    /** {@return when something is due next; empty if nothing is} */
    OptionalLong next() {
        Event next = queue.peek();
        while (next != null && next.calledOff) {
            queue.remove();
            next = queue.peek();
        }
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.time);
    }

    void runAll() {
        runUntil(Long.MAX_VALUE);
    }

    void advanceTo(long time) {
        runUntil(time);
        now = time;
    }

    /** Not from within an event, which would let time go back when it returns. */
    private void runUntil(long time) {
        if (running) {
            throw new IllegalStateException("the wire is already going on: this is called from within");
        }
        running = true;
        try {
            for (Event next = queue.peek(); next != null && next.time <= time; next = queue.peek()) {
                queue.remove();
                if (!next.calledOff) {
                    now = next.time;
                    next.action.run();
                }
            }
        } finally {
            running = false;
        }
    }
}
