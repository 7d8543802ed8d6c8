package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Walks the packets of a pcap or pcapng file from its first to its last, one at a time.
 *
 * <pre>{@code
 * try (PacketCursor packets = PacketCursor.open(file)) {
 *     while (packets.next()) {
 *         octets += packets.capturedLength();
 *     }
 * }
 * }</pre>
 *
 * <p>As a view it is the packet of the last {@link #next()}, and throws {@link IllegalStateException} where there is
 * none. {@link #packet()} copies it. Nothing is allocated per packet. One buffer is held, of 256 KiB or of the largest
 * block met, at most 17 MiB, and 288 KiB more for gzip; interface descriptions are retained.
 *
 * <p>The content tells the format, not the name. pcap is read in both byte orders, with micro- and nanoseconds, and
 * with further files glued to its end, each an interface of its own;
 * pcapng with any number of sections in either byte order, and blocks without packets are skipped. gzip of any number of
 * members is decompressed, on a daemon thread that {@link #close()} ends; offsets are then those of what it holds. Other
 * compression is refused by name.
 *
 * <p>Not for use by several threads. Blocks as its source does.
 *
 * @since 0.1
 */
public final class PacketCursor implements PacketView, Closeable {
    static final int BUFFER_OCTETS = 256 << 10;

    private final PacketWalk walk;
    private boolean onPacket;

    private PacketCursor(RecordReader reader) {
        walk = new PacketWalk(reader);
    }

    /**
     * Opens a file. An interrupt of the reading thread does not disturb it.
     *
     * @param file of pcap or pcapng
     * @return a cursor before the first packet
     * @throws PcapFormatException if it begins as neither, or ends within its header
     * @throws IOException if it cannot be read
     */
    public static PacketCursor open(Path file) throws IOException {
        return open(file, BUFFER_OCTETS);
    }

    static PacketCursor open(Path file, int bufferOctets) throws IOException {
        return open(new OctetSource.Stream(Files.newInputStream(file)), bufferOctets);
    }

    /** Opens the one input of an operation. */
    static PacketCursor openDirect(Path file) throws IOException {
        PacketCursor cursor = open(file, new Descriptors(), ReadBuffers.allocate(BUFFER_OCTETS));
        try {
            cursor.reader().input.readAhead();
            return cursor;
        } catch (Throwable e) {
            try (cursor) {
                throw e;
            }
        }
    }

    /**
     * Opens one of several inputs of an operation, whose octets go into the buffer without a copy between.
     *
     * @param descriptors shared by all inputs that the same thread reads
     */
    static PacketCursor open(Path file, Descriptors descriptors, ByteBuffer buffer) throws IOException {
        // What is no regular file cannot be left and opened again.
        return Files.isRegularFile(file)
                ? new PacketCursor(CaptureFormat.open(new FileSource(file, descriptors), buffer))
                : open(file, buffer.capacity());
    }

    /**
     * Opens a channel at its position.
     *
     * @param channel in blocking mode; closed with the cursor, or if this throws
     * @return a cursor before the first packet
     * @throws PcapFormatException if it gives neither pcap nor pcapng, or ends within the header
     * @throws IOException if it cannot be read
     */
    public static PacketCursor open(ReadableByteChannel channel) throws IOException {
        return open(new OctetSource.Channel(channel), BUFFER_OCTETS);
    }

    /**
     * Opens a stream. No more is asked of it than it has at hand, so a growing capture can be followed.
     *
     * @param in closed with the cursor, or if this throws
     * @return a cursor before the first packet
     * @throws PcapFormatException if it gives neither pcap nor pcapng, or ends within the header
     * @throws IOException if it cannot be read
     */
    public static PacketCursor open(InputStream in) throws IOException {
        return open(new OctetSource.Stream(in), BUFFER_OCTETS);
    }

    /**
     * Opens a file that is still written. At the end of what is there {@link #next()} returns false, and may be called
     * again when the file has grown; what is half-written is no damage. The file may be empty yet. It must not be
     * compressed, and what is there must not change: a file cut to nothing and begun anew is not told apart.
     *
     * @param file of pcap or pcapng, to be
     * @return a cursor before the first packet
     * @throws IOException if it cannot be opened
     */
    public static PacketCursor follow(Path file) throws IOException {
        CaptureInput input = new CaptureInput(
                new OctetSource.Stream(Files.newInputStream(file)), ByteBuffer.allocate(BUFFER_OCTETS));
        return new PacketCursor(new AwaitedReader(input.grows()));
    }

    static PacketCursor over(RecordReader reader) {
        return new PacketCursor(reader);
    }

    static PacketCursor open(OctetSource source, int bufferOctets) throws IOException {
        return new PacketCursor(CaptureFormat.open(source, ByteBuffer.allocate(bufferOctets)));
    }

    /**
     * Makes a file that is cut within a packet end before that packet, instead of failing. {@link #truncation()} then
     * tells of the cut. Damage other than a cut still throws.
     *
     * @return this
     */
    public PacketCursor tolerateTruncation() {
        walk.tolerateTruncation();
        return this;
    }

    /**
     * Says what to do at damage; without, it is {@link DamagePolicy#HALT}. With any other a cut ends the file too, as
     * with {@link #tolerateTruncation()}. To be called before the first {@link #next()}.
     *
     * @param policy from then on
     * @return this
     */
    public PacketCursor onDamage(DamagePolicy policy) {
        walk.onDamage(policy);
        return this;
    }

    /**
     * Moves to the next packet.
     *
     * @return false at the end of the file, and where the policy on damage has it end; if the file is followed, also
     *     where there is no more yet
     * @throws PcapFormatException if the next packet is damaged or cut and is to halt the cursor; each further call throws
     *     it again, and the packets before it were whole
     * @throws IOException if the file cannot be read
     */
    public boolean next() throws IOException {
        // On a packet, so that no failure or search is under way.
        if (onPacket && reader().nextPlain()) {
            return true;
        }
        onPacket = false;
        onPacket = walk.next();
        return onPacket;
    }

    /** {@return where the file is cut, once {@link #next()} has come upon the cut} */
    public Optional<PcapFormatException> truncation() {
        return walk.truncation();
    }

    /** {@return the first damage that {@link #next()} came upon, whether it threw it or went on; a cut is none} */
    public Optional<PcapFormatException> damage() {
        return walk.damage();
    }

    /** {@return at how many places so far octets were not what the format demands; a cut is none} */
    public long damagedPlaces() {
        return reader().damagedPlaces;
    }

    /** {@return how often reading went on after damage; not above {@link #damagedPlaces()}} */
    public long resyncs() {
        return reader().resyncs();
    }

    /**
     * {@return how many octets were passed over as damaged so far} With {@link DamagePolicy#RESYNC} alone; what is behind
     * the place where another policy ended is not looked at.
     */
    public long damagedOctets() {
        return reader().damagedOctets();
    }

    /** {@return a copy of the packet that outlives this cursor} */
    public Packet packet() {
        return new Packet(this);
    }

    /** {@return a copy of the descriptions read so far, in file order; pcapng may have more further on} */
    public List<InterfaceDescription> interfaces() {
        return List.copyOf(reader().interfaces);
    }

    /** {@return the comments of the section last begun, one a line; empty for pcap and where there is none} */
    public Optional<String> sectionComment() {
        return reader().sectionComments.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("\n", reader().sectionComments));
    }

    /** {@return how many blocks without packet, of names, statistics or unknown types, were skipped so far} */
    public long skippedBlocks() {
        return reader().skippedBlocks;
    }

    /**
     * {@return how many records of pcap so far had a fraction of a second or more, of the unit the file declares} It is
     * carried into the seconds. If most of the first records of a file of microseconds have fractions of more than two
     * seconds, all are read as nanoseconds.
     */
    public long normalizedTimes() {
        return reader().normalizedTimes;
    }

    /** {@return how many packets so far had an original length below the captured one, which was raised to that} */
    public long raisedLengths() {
        return reader().raisedLengths;
    }

    /** {@return octets of the file up to the end of the last whole block or record read} */
    public long offset() {
        return reader().input.offset();
    }

    @Override
    public long timestampNanos() {
        return current().timestampNanos;
    }

    @Override
    public boolean hasTimestamp() {
        return current().hasTimestamp;
    }

    @Override
    public int capturedLength() {
        return current().capturedLength;
    }

    @Override
    public long originalLength() {
        return current().originalLength;
    }

    @Override
    public int interfaceIndex() {
        return current().interfaceIndex;
    }

    @Override
    public InterfaceDescription interfaceDescription() {
        return current().interfaceDescription;
    }

    @Override
    public ByteBuffer data() {
        RecordReader packet = current();
        return packet.input.view(packet.dataPosition, packet.capturedLength);
    }

    @Override
    public void close() throws IOException {
        onPacket = false;
        reader().close();
    }

    long ticks() {
        return current().ticks;
    }

    /** Has the blocks without packets told from now on; before the first {@link #next()}, all of them. */
    PacketCursor blocks(BlockListener listener) {
        reader().listener = listener;
        return this;
    }

    /** The block of pcapng that holds the packet; of length 0 in pcap. */
    PcapngBlock block() {
        return current().block;
    }

    int interfaceCount() {
        return reader().interfaces.size();
    }

    InterfaceDescription interfaceAt(int index) {
        return reader().interfaces.get(index);
    }

    /** The packet's own, for who writes it. */
    PacketRecord record() {
        return current();
    }

    RecordReader reader() {
        return walk.reader();
    }

    private RecordReader current() {
        if (!onPacket) {
            throw new IllegalStateException("the cursor is on no packet: next() has not returned true");
        }
        return reader();
    }
}
