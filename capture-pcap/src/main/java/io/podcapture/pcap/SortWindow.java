package io.podcapture.pcap;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Puts packets of one input in order that are out of it by no more than a span of time. Those of equal time stay in their
 * own. Holds the packets of that span, if they are not more octets than it may: then the earliest goes before its turn.
 *
 * <p>Allocates nothing per packet once it holds what it needs.
 */
final class SortWindow {
    private static final int LEAST = 256;

    private final long nanos;
    private final long mostOctets;
    private final PriorityQueue<HeldPacket> held = new PriorityQueue<>(
            Comparator.comparingLong((HeldPacket each) -> each.time).thenComparingLong(each -> each.position));
    /** Those that wait to be used again, by the power of two of their capacity. */
    private final List<ArrayDeque<HeldPacket>> free = Stream.generate(() -> new ArrayDeque<HeldPacket>())
            .limit(Integer.SIZE)
            .toList();

    private long freeOctets;
    private long octets;
    private long latest = Long.MIN_VALUE;

    /** Of the packet added last. One wrong time in the future so opens the window for a moment, and not for good. */
    private long added;

    private long packets;

    SortWindow(long nanos, long mostOctets) {
        this.nanos = nanos;
        this.mostOctets = mostOctets;
    }

    /** Whether the earliest is to be taken before another packet is added. */
    boolean isFull() {
        HeldPacket earliest = held.peek();
        return earliest != null && (octets >= mostOctets || added - earliest.time > nanos);
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
        added = time;
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
        if (freeOctets + packet.capacity() <= mostOctets / 4) {
            freeOctets += packet.capacity();
            free.get(sizeClass(packet.capacity())).push(packet);
        }
    }

    private HeldPacket room(int length) {
        int capacity = Math.max(LEAST, Integer.highestOneBit(length) * 2);
        HeldPacket used = free.get(sizeClass(capacity)).poll();
        if (used == null) {
            return new HeldPacket(capacity);
        }
        freeOctets -= capacity;
        return used;
    }

    private static int sizeClass(int capacity) {
        return Integer.numberOfTrailingZeros(capacity);
    }
}
