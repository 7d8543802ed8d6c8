package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.NameResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Copies the packets of a window of time.
 *
 * <p>Into a plain pcap file whose packets are in order it goes by halving, and reads little more than the window. That
 * order is checked where it looks: to a second, as packets of several processors are never quite in order. Damage in what
 * is not read is not seen. It takes the file for one capture with one header: where a header of a further file glued on
 * is met, or the end is not like the beginning, all is read; but in what is not read such a header is not seen, and
 * packets behind it are then taken for some of the first file's link type and unit of time. Slice such a file to a
 * {@link CaptureSink}, for which all is read, or {@linkplain PacketFiles#merge merge} the files instead. Where the order
 * is broken, and of pcapng, whose packets may need names, secrets and interfaces from anywhere before, and of compressed
 * files all is read; {@link SliceReport#readWhole()} says why.
 *
 * <p>Blocks of pcapng without packets are kept, whatever the window. Packets that state no time have that of the packet
 * before them.
 *
 * <p>Nothing is allocated per packet. For one thread, and for one {@code writeTo}, which blocks and which an interrupt
 * does not disturb; another thread does the writing, and one more reads along in files of 8 MiB or more.
 *
 * @since 0.1
 */
public final class PacketSlice {
    private final CopyJob job;
    private final SelectionCriteria criteria = new SelectionCriteria();

    PacketSlice(Path input) {
        job = new CopyJob(input);
    }

    /**
     * Sets the first moment; without, the window begins with the file.
     *
     * @param time that is within the window
     * @return this
     */
    public PacketSlice from(Instant time) {
        criteria.from(time);
        return this;
    }

    /**
     * Sets the last moment; without, the window ends with the file.
     *
     * @param time that is within the window
     * @return this
     */
    public PacketSlice to(Instant time) {
        criteria.to(time);
        return this;
    }

    /**
     * Copies only those packets of the window that a capture filter matches. A file with interfaces of several link types is
     * filtered with a program for each; where it cannot be compiled for one, none of its packets matches.
     *
     * @param expression in the language of pcap-filter(7)
     * @return this
     * @see PacketFiles#filter
     */
    public PacketSlice filter(String expression) {
        criteria.filter(expression);
        return this;
    }

    /**
     * Has the filter look at what packets carry too: see {@link io.podcapture.pcap.filter.PacketFilter#inner}. Of a link type that
     * a filter itself cannot be compiled for, what is carried matches all the same.
     *
     * @return this
     */
    public PacketSlice inner() {
        criteria.inner();
        return this;
    }

    /**
     * Says who finds the addresses of hosts that the filter names; without, names of hosts are refused. It is asked for each
     * name once, whatever link types there are.
     *
     * @param resolver asked in the thread that calls {@code writeTo}
     * @return this
     */
    public PacketSlice resolver(NameResolver resolver) {
        criteria.resolver(resolver);
        return this;
    }

    /**
     * Says what to do at damage; without, it is {@link DamagePolicy#RESYNC}.
     *
     * @param policy while reading
     * @return this
     */
    public PacketSlice onDamage(DamagePolicy policy) {
        job.onDamage(policy);
        return this;
    }

    /**
     * Sets what is written; without, it is the input's own format.
     *
     * @param format of the output
     * @return this
     */
    public PacketSlice format(OutputFormat format) {
        job.format(format);
        return this;
    }

    /**
     * Writes a file: see {@link CaptureSink#file}.
     *
     * @param output not the input
     * @return what was read and written
     * @throws PcapFormatException if the input is no capture file or ends within its header; with
     *     {@link DamagePolicy#HALT} also if it is damaged or cut
     * @throws FilterSyntaxException if the filter cannot be compiled for any link type of the file; no file is left then
     * @throws CaptureOutputException if the output cannot be written, or its format cannot hold what the input has
     * @throws IOException if the input cannot be read or the output not be created; the message names the file
     * @throws IllegalArgumentException if the output is the input, or the window ends before it begins
     * @throws IllegalStateException if this was already written
     */
    public SliceReport writeTo(Path output) throws IOException {
        begin();
        List<CaptureSink> sinks = List.of(CaptureSink.file(output));
        try (SliceSource source = search()) {
            return write(source, sinks);
        } catch (NotOrderedException e) {
            return writeWhole(String.valueOf(e.getMessage()), sinks);
        }
    }

    /**
     * Writes to several places in one pass. The file is then read whole, for what a sink has taken cannot be taken back
     * where the order turns out to be broken.
     *
     * @param outputs one or more
     * @return as {@link #writeTo(Path)}
     * @throws IOException as {@link #writeTo(Path)}
     * @throws IllegalArgumentException if there is none, a file, channel or stream is given twice, or one is the input
     */
    public SliceReport writeTo(CaptureSink... outputs) throws IOException {
        begin();
        return writeWhole("the output is no file, so that nothing could be taken back", List.of(outputs));
    }

    private SliceReport writeWhole(String why, List<CaptureSink> sinks) throws IOException {
        try (SliceSource source = whole(why)) {
            return write(source, sinks);
        } catch (NotOrderedException e) {
            throw new IllegalStateException(e);
        }
    }

    private SliceSource search() throws IOException {
        try {
            return SliceSource.search(job.input, criteria.firstNanos(), criteria.lastNanos(), job.policy());
        } catch (IOException e) {
            throw job.named(e);
        }
    }

    private SliceSource whole(String why) throws IOException {
        try {
            return SliceSource.whole(job.input, why, job.policy());
        } catch (IOException e) {
            throw job.named(e);
        }
    }

    private SliceReport write(SliceSource source, List<CaptureSink> sinks) throws IOException, NotOrderedException {
        PacketCursor cursor = source.cursor();
        long first = criteria.firstNanos();
        long last = criteria.lastNanos();
        FileFilter filter = FileFilter.of(criteria, cursor);
        try (CopyOutput output = job.output(cursor, new SectionHeader(), sinks)) {
            CopyCount count = new CopyCount(job, cursor, new CopyInput(cursor, job.input.toString(), output));
            while (count.next() && source.goesOn()) {
                RecordReader packet = count.input.record();
                long time = packet.timestampNanos;
                if (time >= first && time <= last && filter.matches(packet)) {
                    count.write();
                }
            }
            filter.checkAtEnd(cursor.reader());
            output.finish();
            return new SliceReport(new CopyReport(count), source.readWhole(), filter.refusals());
        }
    }

    private void begin() throws IOException {
        criteria.check();
        job.requireUnwritten();
    }
}
