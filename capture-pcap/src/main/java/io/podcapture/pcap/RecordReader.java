package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Walks the packets of one format; after a true {@link #next()} its fields are those of the packet. */
abstract sealed class RecordReader extends PacketRecord implements Closeable
        permits PcapReader, PcapngReader, AwaitedReader {
    /** libpcap takes blocks of up to 16 MiB; a larger length is a damaged one. */
    static final int MAX_CAPTURED_LENGTH = 16 << 20;

    /** Descriptions and comments stay in memory, so all of a file together are bounded. */
    private static final long MAX_RETAINED = 16 << 20;

    /** What an object of a description takes, whatever its block has. */
    private static final int OBJECT_OCTETS = 232;

    static final int NOWHERE = -1;

    final CaptureInput input;
    final List<InterfaceDescription> interfaces = new ArrayList<>();
    final List<String> sectionComments = new ArrayList<>();
    long skippedBlocks;

    /** Records whose fraction was a second or more. */
    long normalizedTimes;

    /** Packets whose original length was below the captured one. */
    long raisedLengths;

    /** Places where the file was damaged. */
    long damagedPlaces;

    /** Options of descriptions that must not be copied, or cannot be into another byte order. */
    long uncopiedOptions;

    int longestCaptured;

    /** Whether damage is to be passed over, so that a record that leads nowhere is not to be believed. */
    boolean careful;

    /** The index in the buffer from which {@link #nextPlain} may go on; {@link #NOWHERE} if it may not. */
    int plainAt = NOWHERE;

    private boolean hasPacket;

    /** As {@link TimestampUnit#wholeNanos} of the packet's interface, and up to where it holds. */
    long nanosPerTick;

    private long mostTicks = -1;

    private long retained;

    BlockListener listener = BlockListener.NONE;

    RecordReader(CaptureInput input) {
        this.input = input;
        interfaceIndex = NOWHERE;
    }

    @Override
    final ByteBuffer buffer() {
        return input.buffer();
    }

    abstract boolean next() throws IOException;

    /**
     * Takes the next packet if it is like nearly all: whole and at hand, with nothing odd about it, behind another such.
     * If it is not, this is false and has done nothing, and {@link #next()} is to be called. It does so little that most
     * of what a whole-file operation does per packet is done elsewhere.
     */
    abstract boolean nextPlain();

    /** Finds its way after damage; the same each time. */
    abstract Resync resync();

    /** To be called before the damage at the input's position is passed over. */
    void damagedHere() throws IOException {}

    long resyncs() {
        return resync().resyncs;
    }

    long damagedOctets() {
        return resync().damagedOctets;
    }

    /** Nanoseconds since 1970 of the packet last read, {@link Chains#NO_TIME} before the first. */
    final long lastTime() {
        return hasPacket ? timestampNanos : Chains.NO_TIME;
    }

    /** Says the time of a packet somewhere before, for a reader that begins in the middle of a file. */
    final void follows(long time) {
        hasPacket = true;
        timestampNanos = time;
    }

    final void take(int index, long ticks, int dataAt, int captured, long original) {
        hasTimestamp = true;
        hasPacket = true;
        optionsLength = 0;
        drops = 0;
        verbatim = NOTHING;
        if (original < captured) {
            raisedLengths++;
        }
        takePlain(index, ticks, input.position() + dataAt, captured, Math.max(original, captured));
    }

    /** As {@link #take}, where the packet before was of the same kind. */
    final void takePlain(int index, long ticks, int dataPosition, int captured, long original) {
        if (index != interfaceIndex) {
            describe(index);
        }
        this.ticks = ticks;
        // Nearly all files have such a unit, and multiplying is all that is to be done for each of their packets.
        timestampNanos = ticks >= 0 && ticks <= mostTicks
                ? ticks * nanosPerTick
                : interfaceDescription.unit().nanos(ticks);
        this.dataPosition = dataPosition;
        capturedLength = captured;
        if (captured > longestCaptured) {
            longestCaptured = captured;
        }
        originalLength = original;
    }

    private void describe(int index) {
        InterfaceDescription description = interfaces.get(index);
        interfaceIndex = index;
        interfaceDescription = description;
        nanosPerTick = description.unit().wholeNanos();
        mostTicks = nanosPerTick == 0 ? -1 : Long.MAX_VALUE / nanosPerTick;
    }

    /** To be called before {@code octets} of the file become an object that is kept. */
    final void retain(String format, String block, int octets) throws PcapFormatException {
        retained += octets + OBJECT_OCTETS;
        if (retained > MAX_RETAINED) {
            throw PcapFormatException.bad(
                    format,
                    block,
                    input.offset(),
                    "more than " + MAX_RETAINED + " octets of descriptions",
                    retained,
                    MAX_RETAINED);
        }
    }

    /** As {@link #retain}, where it is no failure if there is no room. */
    final boolean mayRetain(int octets) {
        if (retained + octets + OBJECT_OCTETS > MAX_RETAINED) {
            return false;
        }
        retained += octets + OBJECT_OCTETS;
        return true;
    }

    /** To be called when what {@link #retain} was called for is no longer kept. */
    final void release(int octets) {
        retained -= octets + OBJECT_OCTETS;
    }

    /** Memory that is held beyond a buffer of fixed size, in octets. */
    final long grown() {
        return input.grown() + (careful ? resync().held() : 0);
    }

    /** Whether {@link #nextPlain} may be called: it looks at no memory that is to be given back. */
    final boolean mayBePlain() {
        return grown() == 0;
    }

    /** Gives back what {@link #grown} tells; the packet is there again after {@link #takeAgain}. */
    final boolean giveBack() {
        plainAt = NOWHERE;
        resync().release();
        boolean given = input.giveBack(behind());
        block.buffer = input.buffer();
        return given;
    }

    /** As {@link #giveBack}, where nothing is read any more. */
    final void letGo() {
        plainAt = NOWHERE;
        resync().release();
        input.giveBack(0);
        block.buffer = input.buffer();
    }

    /** Has the packet at hand again that was there before {@link #giveBack}. */
    final void takeAgain(int behind) throws IOException {
        int before = recordStart();
        if (input.fill(behind) < behind) {
            throw input.cut("capture file", "packet that was there before", behind);
        }
        int moved = input.position() - before;
        input.skip(behind);
        dataPosition += moved;
        optionsPosition += moved;
        block.position += moved;
        block.buffer = input.buffer();
    }

    /** How many octets before the input's position the packet's begin. */
    final int behind() {
        return input.position() - recordStart();
    }

    private int recordStart() {
        return block.length > 0 ? block.position : dataPosition;
    }

    @Override
    public final void close() throws IOException {
        input.close();
    }
}
