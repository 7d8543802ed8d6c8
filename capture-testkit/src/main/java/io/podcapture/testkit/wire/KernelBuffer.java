package io.podcapture.testkit.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's ring for a capture: blocks that are filled one after the other and handed over when full or old
 * (TPACKET_V3), or slots for one packet each (TPACKET_V2). A block is free again when its last packet was read.
 */
final class KernelBuffer {
    /** As libpcap asks for. */
    static final int BLOCK = 262_144;

    /** Header, address and alignment of a packet in the ring. */
    private static final int OVERHEAD = 80;

    private static final int ALIGNMENT = 16;

    /** libpcap makes no slot larger than what an interface can give. */
    private static final int LARGEST_SLOT = 65_536;

    private final int blocks;
    private final int blockOctets;
    private final boolean slots;
    private final long timeout;
    private final Events events;
    private final Deque<Block> handedOver = new ArrayDeque<>();
    private Runnable reader = () -> {};
    private @Nullable Block filling;
    private int used;
    private int held;

    private static final class Block {
        private final Queue<WirePacket> packets = new ArrayDeque<>();
        private int octets;
    }

    private KernelBuffer(int blocks, int blockOctets, boolean slots, long timeout, Events events) {
        this.blocks = blocks;
        this.blockOctets = blockOctets;
        this.slots = slots;
        this.timeout = timeout;
        this.events = events;
    }

    static KernelBuffer ofBlocks(int octets, long timeout, Events events) {
        int block = Math.min(BLOCK, octets);
        return new KernelBuffer(octets / block, block, false, timeout, events);
    }

    static KernelBuffer ofSlots(int octets, int snaplen, Events events) {
        int slot = taken(Math.min(snaplen, LARGEST_SLOT));
        return new KernelBuffer(octets / slot, slot, true, 0, events);
    }

    private static int taken(int octets) {
        return (octets + OVERHEAD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Sets who is called, as an event of its own, when something was handed over. */
    void reader(Runnable woken) {
        reader = woken;
    }

    /** {@return whether there was room} */
    boolean put(WirePacket packet) {
        int octets = taken(packet.capturedLength());
        Block block = filling;
        if (block != null && block.octets + octets > blockOctets) {
            handOver(block);
            block = null;
        }
        if (block == null) {
            if (used == blocks || octets > blockOctets) {
                return false;
            }
            block = open();
        }
        block.packets.add(packet);
        block.octets += octets;
        held++;
        if (slots) {
            handOver(block);
        }
        return true;
    }

    private Block open() {
        Block opened = new Block();
        filling = opened;
        used++;
        if (!slots) {
            events.after(timeout, () -> handOver(opened));
        }
        return opened;
    }

    private void handOver(Block block) {
        if (filling == block) {
            filling = null;
            handedOver.add(block);
            events.after(0, reader);
        }
    }

    /** {@return the next packet that was handed over, which stays; null if there is none} */
    @Nullable
    WirePacket first() {
        Block block = handedOver.peek();
        return block == null ? null : block.packets.peek();
    }

    /** Frees the room of the next packet, or that of its block if it was the last of it. */
    void remove() {
        Block block = handedOver.element();
        block.packets.remove();
        held--;
        if (block.packets.isEmpty()) {
            handedOver.remove();
            used--;
        }
    }

    /** {@return packets in it, handed over or not} */
    int held() {
        return held;
    }
}
