package io.podcapture;

import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PcapWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Gives the packets of a part file to a tcpdump as they arrive.
 *
 * <p>The file is the buffer: whoever writes to it never waits. What tcpdump prints does not tell where a packet ends, so each
 * batch is followed by a mark, an empty record, of which tcpdump prints always the same line. One thread feeds; what others
 * need is volatile or safe for several threads.
 */
final class TextFeed {
    /** Packets of which the text is whole at a mark, and how many were left out before them. */
    record Batch(long leftOut, int packets) {}

    /** Starts tcpdump, when there is a packet for it. */
    interface Start {
        OutputStream standardInput() throws IOException;
    }

    static final long FAR_BEHIND = 4 << 20;
    private static final int MOST_PACKETS = 128;
    private static final int MOST_OCTETS = 64 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PartFile part;
    private final long mostBehind;
    private final Queue<Batch> batches = new ConcurrentLinkedQueue<>();
    private final Semaphore news = new Semaphore(1);
    private volatile boolean ended;
    private volatile boolean exhausted;
    private long leftOut;

    /** Makes one that leaves out packets of which more than so many octets wait in the file. */
    TextFeed(PartFile part, long mostBehind) {
        this.part = part;
        this.mostBehind = mostBehind;
    }

    /** Says that the file has grown. Does not block, and costs next to nothing where that is known already. */
    void tellNews() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /** Says that the file will not grow any more, or that nobody wants what will be in it. */
    void end() {
        ended = true;
        news.release();
    }

    /** Returns what belongs to the next mark that tcpdump printed; empty if none is known. */
    Optional<Batch> nextBatch() {
        return Optional.ofNullable(batches.poll());
    }

    /** Returns whether no packet will be passed on any more and tcpdump has printed all that were. */
    boolean isPrinted() {
        return exhausted && batches.isEmpty();
    }

    /** Passes all packets on until the file has ended; does not start tcpdump if there is none. */
    void feed(Start tcpdump) throws IOException, InterruptedException {
        try (PacketCursor packets = PacketCursor.follow(part.path())) {
            if (!awaitPacket(packets)) {
                return;
            }
            try (PcapWriter out =
                    PcapWriter.builder(packets.linkType()).nanoseconds().open(tcpdump.standardInput())) {
                mark(out, 0, 0);
                do {
                    passOn(packets, out);
                } while (awaitPacket(packets));
                if (leftOut > 0) {
                    mark(out, leftOut, 0);
                }
                // Said before tcpdump's input is closed, for it ends by that.
                exhausted = true;
            }
        }
    }

    private boolean awaitPacket(PacketCursor packets) throws IOException, InterruptedException {
        while (true) {
            // Asked before the look: what was written before the end is then seen.
            boolean last = ended;
            if (moveOn(packets)) {
                return true;
            }
            if (last) {
                return false;
            }
            news.acquire();
        }
    }

    private boolean moveOn(PacketCursor packets) throws IOException {
        boolean there = next(packets);
        if (there && behind(packets) > mostBehind) {
            while (there && behind(packets) > mostBehind / 4) {
                leftOut++;
                there = next(packets);
            }
        }
        return there;
    }

    private boolean next(PacketCursor packets) throws IOException {
        try {
            return packets.next();
        } catch (IOException e) {
            exhausted = true;
            throw e;
        }
    }

    private long behind(PacketCursor packets) {
        return part.octets() - packets.offset();
    }

    private void passOn(PacketCursor packets, PcapWriter out) throws IOException {
        int count = 0;
        long octets = 0;
        do {
            out.write(packets);
            count++;
            octets += packets.capturedLength();
        } while (count < MOST_PACKETS && octets < MOST_OCTETS && next(packets));
        mark(out, leftOut, count);
        leftOut = 0;
    }

    private void mark(PcapWriter out, long before, int packets) throws IOException {
        batches.add(new Batch(before, packets));
        out.write(0, NOTHING.duplicate(), 0);
        out.flush();
    }
}
