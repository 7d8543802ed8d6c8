package io.podcapture.pcap;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Puts packets of one input in order that are out of it by no more than a span of time. Those of equal time stay in their
 * own. Holds the packets of that span, if they are not more octets than it may: then the earliest goes before its turn.
 *
 * <p>Allocates nothing per packet once it holds what it needs.
 */
final class SortWindow {
    private final long nanos;
    private final long mostOctets;
    private final PriorityQueue<HeldPacket> held = new PriorityQueue<>(
            Comparator.comparingLong((HeldPacket each) -> each.time).thenComparingLong(each -> each.position));
    private final ArrayDeque<HeldPacket> free = new ArrayDeque<>();
    private long octets;
    private long latest = Long.MIN_VALUE;
    private long packets;

    SortWindow(long nanos, long mostOctets) {
        this.nanos = nanos;
        this.mostOctets = mostOctets;
    }

    /** Whether the earliest is to be taken before another packet is added. */
    boolean isFull() {
        HeldPacket earliest = held.peek();
        return earliest != null && (octets >= mostOctets || latest - earliest.time > nanos);
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Adds a copy of the packet; true if it comes after a later one. */
    boolean add(RecordReader packet, long time) {
        HeldPacket copy = room(HeldPacket.length(packet)).copy(packet);
        copy.time = time;
        copy.position = packets++;
        octets += copy.capacity();
        held.add(copy);
        boolean late = time < latest;
        latest = Math.max(latest, time);
        return late;
    }

    /** Takes the earliest out; it is there until {@link #giveBack}. */
    HeldPacket take() {
        HeldPacket earliest = held.remove();
        octets -= earliest.capacity();
        return earliest;
    }

    void giveBack(HeldPacket packet) {
        if (octets + packet.capacity() <= mostOctets) {
            free.push(packet);
        }
    }

    private HeldPacket room(int length) {
        HeldPacket some = free.poll();
        return some != null && some.capacity() >= length
                ? some
                : new HeldPacket(Math.max(256, Integer.highestOneBit(Math.max(1, length)) * 2));
    }
}
