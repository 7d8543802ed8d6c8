package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A cursor that gives all packets of a window of time, and as few others as it can.
 *
 * <p>A plain pcap file is read from shortly before the window to shortly after it, as long as its packets are in order.
 * Others are read whole: compressed ones cannot be entered in their middle; pcapng may have new sections, interfaces,
 * names and secrets anywhere, which packets behind them need.
 */
final class SliceSource implements Closeable {
    private final PacketCursor cursor;
    private final Optional<String> readWhole;
    private final boolean whole;
    private final long end;
    private long latest = Long.MIN_VALUE;

    /** Where the first packet ends of those beyond the end that no other follows; negative if there is none. */
    private long beyond = -1;

    private SliceSource(PacketCursor cursor, Optional<String> readWhole, long toNanos) {
        this.cursor = cursor;
        this.readWhole = readWhole;
        this.whole = readWhole.isPresent();
        this.end = whole ? Long.MAX_VALUE : TimeSearch.saturatedPlus(toNanos, TimeSearch.MARGIN_NANOS);
    }

    /** Searches, where the file lets it. */
    static SliceSource search(Path file, long fromNanos, long toNanos, DamagePolicy policy) throws IOException {
        if (!file.getFileSystem().equals(FileSystems.getDefault()) || !Files.isRegularFile(file)) {
            return whole(file, "it is no plain file", policy);
        }
        SeekableFile source = new SeekableFile(file);
        try {
            CaptureInput front = source.from(0);
            if (front.fill(PcapFileHeader.LENGTH) < PcapFileHeader.LENGTH
                    || !PcapFileHeader.begins(front.buffer().getInt(0))) {
                source.close();
                return whole(file, "it is compressed, or no pcap", policy);
            }
            PcapReader begun = new PcapReader(front);
            long offset = begun.next() ? new TimeSearch(source, begun).before(fromNanos) : begun.input.offset();
            if (begun.interfaces.size() > 1) {
                throw NotOrderedException.glued();
            }
            boolean fromFirst = offset == begun.input.offset();
            long start = fromFirst ? PcapFileHeader.LENGTH : offset;
            PcapReader reader = new PcapReader(source.from(start).readAhead(), begun);
            return new SliceSource(PacketCursor.over(reader).onDamage(policy), Optional.empty(), toNanos);
        } catch (NotOrderedException e) {
            source.close();
            return whole(file, String.valueOf(e.getMessage()), policy);
        } catch (PcapFormatException e) {
            source.close();
            return whole(file, "it is damaged: " + e.getMessage(), policy);
        } catch (IOException | RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /** Reads all of it, because of {@code why}. */
    static SliceSource whole(Path file, String why, DamagePolicy policy) throws IOException {
        return new SliceSource(PacketCursor.openDirect(file).onDamage(policy), Optional.of(why), Long.MAX_VALUE);
    }

    /** Before its first packet. */
    PacketCursor cursor() {
        return cursor;
    }

    /** Why the file is read from its start to its end; empty if it is not. */
    Optional<String> readWhole() {
        return readWhole;
    }

    /**
     * Whether there may be more of the window from the packet on that the cursor is on. One packet beyond the end may be
     * stamped wrongly, so it takes a stretch of them.
     *
     * @throws NotOrderedException if packets may have been missed, so that the file is to be read whole
     */
    boolean goesOn() throws NotOrderedException {
        if (whole) {
            return true;
        }
        RecordReader packet = cursor.reader();
        if (packet.interfaceIndex > 0) {
            throw NotOrderedException.glued();
        }
        long time = packet.timestampNanos;
        if (time >= latest) {
            latest = time;
        } else if (time < TimeSearch.saturatedMinus(latest, TimeSearch.MARGIN_NANOS)) {
            throw new NotOrderedException();
        }
        if (time <= end) {
            beyond = -1;
            return true;
        }
        if (beyond < 0) {
            beyond = cursor.offset();
        }
        return cursor.offset() - beyond < TimeSearch.NEAR;
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
