package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One input of a merge: its cursor, where its packets go, and what was counted. */
final class MergeSource implements Closeable {
    private final MergeInput input;
    private final OnDamage onDamage;
    private final MergeMemory memory;
    private final CopyOutput output;
    private final GrownMemory.Share share = new GrownMemory.Share();
    private final FileFilter filter;
    private final long firstNanos;
    private final long lastNanos;
    private @Nullable PacketCursor cursor;
    private @Nullable CopyInput copy;

    /** Set if packets are written as they are read, at their own times. */
    @Nullable
    RecordReader straight;

    /** How the interface of the packet last asked for is in the output. */
    private @Nullable WrittenInterface written;

    private int writtenIndex = RecordReader.NOWHERE;

    private final @Nullable SortWindow window;
    private @Nullable PacketRecord current;
    private boolean ended;
    private long late;
    private @Nullable IOException failure;

    /** Of the packet that is to be written next, in the output. */
    long timestampNanos;

    /** Of the times of packets written; the one above the other if there are none. */
    long lowest = Long.MAX_VALUE;

    long highest = Long.MIN_VALUE;

    long read;
    long packets;
    long octets;
    long outOfOrder;
    long withoutTimestamp;

    MergeSource(
            MergeInput input,
            SelectionCriteria criteria,
            OnDamage onDamage,
            MergeMemory memory,
            @Nullable SortWindow window,
            CopyOutput output) {
        this.input = input;
        filter = new FileFilter(criteria);
        firstNanos = criteria.firstNanos();
        lastNanos = criteria.lastNanos();
        this.onDamage = onDamage;
        this.memory = memory;
        this.window = window;
        this.output = output;
    }

    /** A file that ends within its header is an input without packets; one that is no capture file is refused. */
    void open() throws IOException {
        try {
            PacketCursor opened = PacketCursor.open(
                    input.file(), memory.descriptors(), memory.buffers().next());
            cursor = opened.onDamage(onDamage.policy());
            CopyInput copied =
                    new CopyInput(opened, input.file().toString(), new Labels(input), input.shiftNanos(), output);
            straight = window == null && input.shiftNanos() == 0 ? opened.reader() : null;
            copy = window == null ? copied : copied.defersStatistics();
            filter.meet(copied.record());
        } catch (PcapFormatException e) {
            if (onDamage == OnDamage.HALT || onDamage != OnDamage.COLLECT && !e.truncated()) {
                throw e.in(input.file());
            }
            failure = e;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Moves to the next packet that is to be written; false at the end, and where the input is damaged. */
    boolean next() throws IOException {
        while (straight != null && straight.nextPlain()) {
            read++;
            timestampNanos = straight.timestampNanos;
            if (takes(straight, timestampNanos)) {
                return true;
            }
        }
        if (copy == null) {
            return false;
        }
        return window == null ? nextOf(copy) : nextOf(window, copy);
    }

    private boolean nextOf(SortWindow sorted, CopyInput from) throws IOException {
        if (current instanceof HeldPacket written) {
            sorted.giveBack(written);
        }
        while (!ended && !sorted.isFull()) {
            if (nextOf(from)) {
                if (sorted.add(from.record(), timestampNanos) && from.record().hasTimestamp) {
                    late++;
                }
                memory.grown().moved(share, from.record());
            }
        }
        if (sorted.isEmpty()) {
            from.writeDeferred();
            return false;
        }
        HeldPacket earliest = sorted.take();
        current = earliest;
        timestampNanos = earliest.time;
        return true;
    }

    private boolean nextOf(CopyInput from) throws IOException {
        if (ended) {
            return false;
        }
        try {
            do {
                memory.grown().look(share, from.record());
                if (!from.next()) {
                    end(from);
                    return false;
                }
                read++;
            } while (!takes(from.record(), from.timestampNanos()));
        } catch (PcapFormatException e) {
            throw e.in(input.file());
        } catch (CaptureOutputException e) {
            throw e;
        } catch (IOException e) {
            end(from);
            failed(e);
            return false;
        }
        if (window == null) {
            memory.grown().moved(share, from.record());
        }
        current = from.record();
        timestampNanos = from.timestampNanos();
        return true;
    }

    /** Gives its descriptor back; what was counted stays. */
    private void end(CopyInput from) throws IOException {
        ended = true;
        filter.meet(from.record());
        memory.grown().ended(share, from.record());
        from.cursor().close();
    }

    private void failed(IOException e) throws IOException {
        if (onDamage != OnDamage.COLLECT) {
            throw new IOException("cannot read capture file " + input.file() + ": " + e, e);
        }
        failure = e;
    }

    /** How the packet's interface is in the output, if packets are blocks there, and those of the file have its unit. */
    @Nullable
    WrittenInterface written(RecordReader packet) {
        if (copy != null && (packet.interfaceIndex != writtenIndex || written == null)) {
            writtenIndex = packet.interfaceIndex;
            written = copy.written(packet);
        }
        return written;
    }

    /** Whether a packet, at that time of the output, is one that is to be written. */
    private boolean takes(RecordReader packet, long timestampNanos) {
        return input.takes(packet.timestampNanos)
                && timestampNanos >= firstNanos
                && timestampNanos <= lastNanos
                && filter.matches(packet);
    }

    /** Whether a packet of this time is one that is to be written. */
    boolean takes(long timestampNanos) {
        return input.takes(timestampNanos);
    }

    void write() throws IOException {
        RecordReader raw = straight;
        WrittenInterface to = raw == null || raw.verbatim != PacketRecord.BLOCK ? null : written(raw);
        PacketRecord packet;
        if (raw != null && to != null && to.writer.staysRaw(raw)) {
            to.writer.writeRaw(to, raw);
            output.count(raw);
            packet = raw;
        } else {
            packet = writeAnyWay();
        }
        packets++;
        octets += packet.capturedLength;
        long time = timestampNanos;
        if (!packet.hasTimestamp) {
            withoutTimestamp++;
        } else {
            lowest = Math.min(lowest, time);
            if (time >= highest) {
                highest = time;
            } else {
                outOfOrder++;
            }
        }
    }

    private PacketRecord writeAnyWay() throws IOException {
        CopyInput from = copy;
        PacketRecord packet = current;
        if (from == null || packet == null) {
            throw new IllegalStateException(input.file() + " has no packet");
        }
        if (window == null) {
            memory.grown().look(share, from.record());
        }
        from.write(packet, timestampNanos);
        return packet;
    }

    /** Packets that came after a later one of the input, and were put before it. */
    long reordered() {
        return Math.max(0, late - outOfOrder);
    }

    void writeStatistics() throws IOException {
        if (input.statistics().isPresent() && copy != null && copy.firstInterface() >= 0) {
            output.statistics(copy.firstInterface(), input.statistics().get());
        }
    }

    FileFilter filter() {
        return filter;
    }

    Path file() {
        return input.file();
    }

    long droppedBlocks() {
        return copy == null ? 0 : copy.droppedBlocks;
    }

    long droppedOptions() {
        return copy == null ? 0 : copy.droppedOptions();
    }

    long clamped() {
        return copy == null ? 0 : copy.clamped;
    }

    ReadingReport reading() {
        return cursor == null ? new ReadingReport(failure) : new ReadingReport(cursor);
    }

    /** Why the input was read no further, or not at all. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
        }
    }

    private record Labels(MergeInput input) implements CopyInput.Relabel {
        @Override
        public InterfaceDescription relabel(int index, InterfaceDescription own) {
            return input.relabel(index, own);
        }
    }
}
