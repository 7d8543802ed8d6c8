package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One output of a whole-file operation, written to one or several places in one pass.
 *
 * <p>It begins with the first packet, so that its header tells of all that was there before: until then, what its inputs
 * give is held back, up to a limit. A place is complete only after {@link #finish()}.
 */
final class CopyOutput implements Closeable, FirstFailure.Committed {
    /** Of blocks held back until the output begins. */
    private static final int MOST_HELD = 4 << 20;

    private final CopyFormat format;
    private final boolean oneLinkType;
    private final List<OutputPlace> places;
    private final WriteBehind drain;
    final CaptureOutput out;
    private final SectionHeader section;
    private final CopiedInterfaces interfaces;
    private final List<BlockBuilder> held = new ArrayList<>();
    private final Map<InetAddress, List<String>> names = new LinkedHashMap<>();
    private int heldOctets;
    private boolean begun;
    private @Nullable LinkType linkType;

    /** Whether interfaces have several link types. */
    private boolean mixed;

    int verbatim = PacketRecord.NOTHING;
    int longest;

    long packets;
    long octets;

    private CopyOutput(OutputFormat format, CopySettings settings, List<OutputPlace> places) {
        this.format = format == OutputFormat.PCAP
                ? new PcapCopy()
                : new PcapngCopy(format == OutputFormat.LIBPCAP_SAFE, settings.unifySnaplens());
        this.oneLinkType = format != OutputFormat.PCAPNG;
        this.interfaces = new CopiedInterfaces(settings.merging());
        this.section = settings.section();
        this.places = places;
        drain = new WriteBehind(places);
        out = new CaptureOutput(drain);
    }

    /**
     * The files among the inputs are refused as places.
     *
     * @throws IllegalArgumentException if there is no place, or one of them twice
     */
    static CopyOutput open(OutputFormat format, CopySettings settings, List<CaptureSink> sinks, List<Path> inputs)
            throws IOException {
        check(sinks);
        List<OutputPlace> places = new ArrayList<>();
        try {
            for (CaptureSink sink : sinks) {
                places.add(sink.open(inputs));
            }
            return new CopyOutput(format, settings, places);
        } catch (Throwable e) {
            closed(places).suppressedBy(e);
            throw e;
        }
    }

    /** Without a place packets would be counted as written; two outputs in one place would be neither. */
    private static void check(List<CaptureSink> sinks) {
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("no output: give a file, a channel or a stream");
        }
        Set<Object> places = new HashSet<>();
        for (CaptureSink sink : sinks) {
            if (!places.add(sink.place)) {
                throw new IllegalArgumentException(sink.place + " is to be written twice");
            }
        }
    }

    SectionHeader section() {
        return section;
    }

    boolean begun() {
        return begun;
    }

    /** Names to be written before the packets; to be called before the first of them. */
    void names(Map<InetAddress, List<String>> more) {
        names.putAll(more);
    }

    /** The index of the interface in the output: a new one, or one that is equal in all, if those are merged. */
    int addInterface(InterfaceDescription description, String source) throws IOException {
        int known = interfaces.equal(description);
        if (known >= 0) {
            return known;
        }
        int index = interfaces.add(description, source);
        LinkType first = linkType == null ? interfaces.descriptions().get(0).linkType() : linkType;
        mixed |= !description.linkType().equals(first);
        if (begun) {
            format.addInterface(description);
            verbatim = mixed ? PacketRecord.NOTHING : format.verbatim();
        }
        return index;
    }

    /** Takes a block that holds no packet, in the order it is to have. */
    void block(BlockBuilder block) throws IOException {
        if (begun) {
            format.block(block);
            return;
        }
        held.add(block);
        heldOctets += block.length();
        if (heldOctets > MOST_HELD) {
            begin();
        }
    }

    void statistics(int interfaceIndex, InterfaceStatistics statistics) throws IOException {
        begin();
        format.statistics(interfaceIndex, statistics);
    }

    /**
     * Writes a packet of an interface of this output.
     *
     * @param timestampNanos its time, perhaps other than the record's
     * @return false if the format cannot hold that time, so that the nearest was written
     */
    boolean packet(int interfaceIndex, PacketRecord packet, long timestampNanos) throws IOException {
        if (!begun) {
            linkType = packet.interfaceDescription.linkType();
            begin();
        }
        if (mixed && oneLinkType) {
            refuseOthers(packet.interfaceDescription.linkType());
        }
        count(packet);
        return format.packet(interfaceIndex, packet, timestampNanos);
    }

    /** As {@link CopyFormat#written}. */
    @Nullable
    WrittenInterface written(int interfaceIndex) {
        return format.written(interfaceIndex);
    }

    /** Whether a packet of which the time is not changed may be given to {@link #record}. */
    boolean takesAsItIs(PacketRecord packet) {
        return packet.verbatim == verbatim && verbatim != PacketRecord.NOTHING;
    }

    /** Writes a packet that is to stay as it is in the file, of pcap: nearly all that merges and slices have. */
    void record(PacketRecord packet) throws IOException {
        count(packet);
        out.record(
                packet.buffer(),
                packet.dataPosition - PcapFileHeader.RECORD_HEADER,
                packet.capturedLength + PcapFileHeader.RECORD_HEADER);
    }

    void count(PacketRecord packet) {
        int captured = packet.capturedLength;
        packets++;
        octets += captured;
        if (captured > longest) {
            longest = captured;
        }
    }

    /** Whether there is more than packets: blocks and statistics are not to be given to one without. */
    boolean hasBlocks() {
        return format.hasBlocks();
    }

    /** Writes what was held back, so that what comes from now on is written as it comes. */
    void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        List<InterfaceDescription> known = interfaces.descriptions();
        if (linkType == null) {
            linkType = known.isEmpty() ? LinkType.ETHERNET : known.get(0).linkType();
        }
        format.begin(out, section, known, linkType);
        verbatim = mixed ? PacketRecord.NOTHING : format.verbatim();
        if (format.hasBlocks()) {
            for (BlockBuilder block : NameResolution.blocks(names)) {
                format.block(block);
            }
        }
        for (BlockBuilder block : held) {
            format.block(block);
        }
        held.clear();
    }

    /** Octets so far, but for those held back until it begins. */
    long offset() {
        return out.offset();
    }

    /** Whether what interfaces say of {@link FrameCheck} is left out. */
    boolean dropsFrameCheck() {
        return format.dropsFrameCheck();
    }

    long droppedOptions() {
        return format.droppedOptions() + section.dropped;
    }

    /** Makes the output whole, and gives files their names. */
    void finish() throws IOException {
        prepare();
        commit();
    }

    /** Writes the rest and corrects what only now is known: what may fail for want of space has been done then. */
    void prepare() throws IOException {
        begin();
        out.flush();
        drain.drain();
        for (OutputPlace place : places) {
            place.complete(place.corrects() ? format.corrections(longest) : Map.of());
        }
    }

    /** Gives files their names; what is complete is not held back because another place fails. */
    @Override
    public void commit() throws IOException {
        FirstFailure failure = new FirstFailure();
        for (OutputPlace place : places) {
            failure.commit(place);
        }
        failure.rethrow();
    }

    /** Gives the output up, if it was not finished. */
    @Override
    public void close() throws IOException {
        drain.close();
        closed(places).rethrow();
    }

    private void refuseOthers(LinkType type) throws CaptureOutputException {
        if (type.equals(linkType)) {
            return;
        }
        throw new CaptureOutputException("cannot write packets of several link types to one file of this format: "
                + interfaces.linkTypes() + "; write pcapng, or one file for each");
    }

    private static FirstFailure closed(List<OutputPlace> places) {
        FirstFailure failure = new FirstFailure();
        for (OutputPlace place : places) {
            failure.close(place);
        }
        return failure;
    }
}
