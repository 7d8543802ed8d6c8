package io.podcapture.pcap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of a copy: a cursor, and what its interfaces are in the output. Blocks between its packets go to the output as
 * they are met, behind the packets of this input that came before them.
 */
final class CopyInput implements BlockListener {
    private static final int MOST_DEFERRED = 100;

    private final PacketCursor cursor;
    private final String source;
    private final Relabel relabel;
    private final long shiftNanos;
    private final BlockCopy blocks = new BlockCopy();
    private RecordReader record;
    private CopyOutput output;
    private int[] outputIndexes = new int[1];
    private int mapped;
    private boolean defers;
    private final List<BlockBuilder> deferred = new ArrayList<>();

    /** Blocks that the output cannot have, or that must not be copied. */
    long droppedBlocks;

    /** Packets written with the nearest time that the output can have, their own being out of its range. */
    long clamped;

    /** Of packets and interfaces that were to be written. */
    long droppedOptions;

    private long droppedSectionOptions;

    /** Interfaces whose options are in {@link #droppedOptions}, if the output has none. */
    private int counted;

    /** Comments of a section that began too late to be told in the output's header. */
    private @Nullable SectionHeader late;

    /**
     * To be made before the cursor's first step.
     *
     * @param source what messages call it
     * @param relabel makes of an interface's description the one to write
     * @param shiftNanos added to each time
     */
    CopyInput(PacketCursor cursor, String source, Relabel relabel, long shiftNanos, CopyOutput output) {
        this.cursor = cursor;
        this.source = source;
        this.relabel = relabel;
        this.shiftNanos = shiftNanos;
        this.output = output;
        record = cursor.reader();
        cursor.blocks(this);
    }

    CopyInput(PacketCursor cursor, String source, CopyOutput output) {
        this(cursor, source, Relabel.NONE, 0, output);
    }

    /** What of an input's interface is to be written; null for one whose packets are not. */
    interface Relabel {
        Relabel NONE = new Relabel() {
            @Override
            public InterfaceDescription relabel(int index, InterfaceDescription own) {
                return own;
            }
        };

        @Nullable
        InterfaceDescription relabel(int index, InterfaceDescription own);
    }

    PacketCursor cursor() {
        return cursor;
    }

    /** The packet that the cursor is on. */
    RecordReader record() {
        return record;
    }

    /** Moves to the next packet, as the cursor does. */
    boolean next() throws IOException {
        boolean packet = cursor.next();
        moved();
        return packet;
    }

    /** To be called where somebody else moved the cursor. */
    void moved() throws IOException {
        record = cursor.reader();
        if (mapped < record.interfaces.size()) {
            map();
        }
    }

    /** Writes the packet that the cursor is on. */
    void write() throws IOException {
        if (shiftNanos == 0 && output.takesAsItIs(record)) {
            output.record(record);
        } else {
            write(record, timestampNanos());
        }
    }

    /** Writes a packet that the cursor was on, and of which somebody kept a copy. */
    void write(PacketRecord packet, long timestampNanos) throws IOException {
        long dropped = packet.optionsLength == 0 ? 0 : output.droppedOptions();
        if (!output.packet(outputIndexes[packet.interfaceIndex], packet, timestampNanos)) {
            clamped++;
        }
        if (packet.optionsLength != 0) {
            droppedOptions += output.droppedOptions() - dropped;
        }
    }

    /** How the packet's interface is in the output, if packets are blocks there, and with the same unit; else null. */
    @Nullable
    WrittenInterface written(PacketRecord packet) {
        WrittenInterface to = output.written(outputIndexes[packet.interfaceIndex]);
        return to != null && to.hasUnitOf(packet.interfaceDescription) ? to : null;
    }

    /** Writes from now on to another output, which gets all interfaces met so far, but no blocks that came before. */
    void to(CopyOutput other) throws IOException {
        output = other;
        mapped = 0;
        map();
    }

    /** The time of the packet in the output. */
    long timestampNanos() {
        long time = record.timestampNanos;
        return shiftNanos == 0 ? time : TimeShift.moved(time, shiftNanos);
    }

    /** The output's interface for the input's first; negative if it has none. */
    int firstInterface() {
        return mapped == 0 ? -1 : outputIndexes[0];
    }

    /** Options that must not be copied, cannot be into another byte order, or that the output cannot have. */
    long droppedOptions() {
        return droppedOptions
                + droppedSectionOptions
                + blocks.droppedOptions
                + droppedFrameChecks()
                + cursor.reader().uncopiedOptions
                + (late == null ? 0 : late.dropped);
    }

    private long droppedFrameChecks() {
        long dropped = 0;
        if (output.dropsFrameCheck()) {
            for (InterfaceDescription each : cursor.reader().interfaces) {
                dropped += FrameCheck.isToldBy(each) ? 1 : 0;
            }
        }
        return dropped;
    }

    @Override
    public void block(PcapngBlock block) throws IOException {
        if (block.type == PcapngCodes.SECTION_HEADER) {
            section(block);
        } else if (block.type == PcapngCodes.INTERFACE_DESCRIPTION) {
            map();
        } else if (!output.hasBlocks()) {
            droppedBlocks++;
        } else if (block.type == PcapngCodes.INTERFACE_STATISTICS) {
            statistics(block);
        } else {
            copy(blocks.copy(block));
        }
    }

    private void section(PcapngBlock block) {
        if (!output.hasBlocks()) {
            droppedSectionOptions += new OptionReader()
                    .over(block.buffer, block.position + 24, block.end())
                    .count();
        } else if (!output.begun()) {
            long dropped = output.droppedOptions();
            output.section().take(block);
            droppedSectionOptions += output.droppedOptions() - dropped;
        } else {
            late = late == null ? new SectionHeader() : late;
            late.take(block);
        }
    }

    private void statistics(PcapngBlock block) throws IOException {
        map();
        long index = block.length < 12 ? -1 : block.interfaceIndex(block.u32(8));
        if (index < 0 || index >= mapped) {
            droppedBlocks++;
            return;
        }
        InterfaceDescription written = written((int) index);
        if (written == null) {
            return;
        }
        TimestampUnit from = cursor.interfaceAt((int) index).unit();
        TimestampUnit to = written.unit();
        defer(blocks.statistics(block, outputIndexes[(int) index], new TimeShift(from, to, shiftNanos)));
    }

    /** Has statistics wait for {@link #writeDeferred}, where packets that came before may be written later. */
    CopyInput defersStatistics() {
        defers = true;
        return this;
    }

    void writeDeferred() throws IOException {
        for (BlockBuilder block : deferred) {
            output.block(block);
        }
        deferred.clear();
    }

    private void defer(@Nullable BlockBuilder block) throws IOException {
        if (!defers || block == null) {
            copy(block);
            return;
        }
        deferred.add(block);
        if (deferred.size() > MOST_DEFERRED) {
            writeDeferred();
        }
    }

    private void copy(@Nullable BlockBuilder block) throws IOException {
        if (block == null) {
            droppedBlocks++;
        } else {
            output.block(block);
        }
    }

    private void map() throws IOException {
        while (mapped < cursor.interfaceCount()) {
            if (mapped == outputIndexes.length) {
                outputIndexes = Arrays.copyOf(outputIndexes, 2 * mapped);
            }
            @Nullable InterfaceDescription description = written(mapped);
            if (late != null && description != null) {
                description = late.commentsOn(description);
            }
            outputIndexes[mapped] = description == null ? -1 : output.addInterface(description, source);
            mapped++;
            if (mapped > counted) {
                counted = mapped;
                droppedOptions += description == null || output.hasBlocks() ? 0 : description.optionCount();
            }
        }
    }

    private @Nullable InterfaceDescription written(int index) {
        InterfaceDescription description = relabel.relabel(index, cursor.interfaceAt(index));
        return description == null ? null : TimeShift.widened(description, shiftNanos);
    }
}
