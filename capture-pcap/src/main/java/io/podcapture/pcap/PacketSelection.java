package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.NameResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the packets that a capture filter matches, as {@code tcpdump -r IN -w OUT EXPRESSION} does.
 *
 * <p>A file with interfaces of several link types is filtered with a program for each. Where the filter cannot be compiled
 * for one of them none of its packets matches, and {@link SelectionReport#refusals()} says why; if that is so of all, the
 * selection fails.
 *
 * <p>Blocks of pcapng without packets are kept. Nothing is allocated per packet. For one thread, and for one {@code
 * writeTo}, which blocks and which an interrupt does not disturb; another thread does the writing, and one more reads
 * along in files of 8 MiB or more.
 *
 * @see io.podcapture.pcap.filter.PacketFilter
 * @since 0.1
 */
public final class PacketSelection {
    private final CopyJob job;
    private final SelectionCriteria criteria = new SelectionCriteria();
    private @Nullable Boolean inverted;
    private @Nullable Long limit;

    PacketSelection(Path input, String expression) {
        job = new CopyJob(input);
        criteria.filter(expression);
    }

    /**
     * Copies the packets that do not match instead. Unlike with {@code not (...)}, that is also said of packets that end
     * before what the filter asks for, and of link types that it cannot be compiled for.
     *
     * @return this
     */
    public PacketSelection invert() {
        inverted = Once.set("inversion", inverted, true);
        return this;
    }

    /**
     * Sets the first moment of the packets to copy; without, from the file's first.
     *
     * @param time of the first that may be copied
     * @return this
     */
    public PacketSelection from(Instant time) {
        criteria.from(time);
        return this;
    }

    /**
     * Sets the last moment of the packets to copy; without, to the file's last.
     *
     * @param time of the last that may be copied
     * @return this
     */
    public PacketSelection to(Instant time) {
        criteria.to(time);
        return this;
    }

    /**
     * Ends the copy after so many packets.
     *
     * @param packets to write at most, 1 or more
     * @return this
     */
    public PacketSelection limit(long packets) {
        if (packets < 1) {
            throw new IllegalArgumentException("limit of " + packets + " packets, at least 1 is needed");
        }
        limit = Once.set("limit", limit, packets);
        return this;
    }

    /**
     * Has the filter look at what packets carry too: see {@link io.podcapture.pcap.filter.PacketFilter#inner}. Of a link type that
     * a filter itself cannot be compiled for, what is carried matches all the same.
     *
     * @return this
     */
    public PacketSelection inner() {
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
    public PacketSelection resolver(NameResolver resolver) {
        criteria.resolver(resolver);
        return this;
    }

    /**
     * Says what to do at damage; without, it is {@link DamagePolicy#RESYNC}.
     *
     * @param policy while reading
     * @return this
     */
    public PacketSelection onDamage(DamagePolicy policy) {
        job.onDamage(policy);
        return this;
    }

    /**
     * Sets what is written; without, it is the input's own format.
     *
     * @param format of the output
     * @return this
     */
    public PacketSelection format(OutputFormat format) {
        job.format(format);
        return this;
    }

    /**
     * Writes a file: see {@link CaptureSink#file}.
     *
     * @param output not the input
     * @return what was read and written
     * @throws FilterSyntaxException if the filter cannot be compiled for any link type of the file; no file is left then
     * @throws PcapFormatException if the input is no capture file or ends within its header; with
     *     {@link DamagePolicy#HALT} also if it is damaged or cut
     * @throws CaptureOutputException if the output cannot be written, or its format cannot hold what the input has
     * @throws IOException if the input cannot be read or the output not be created; the message names the file
     * @throws IllegalArgumentException if the output is the input, or the window ends before it begins
     * @throws IllegalStateException if this was already written
     */
    public SelectionReport writeTo(Path output) throws IOException {
        return writeTo(CaptureSink.file(output));
    }

    /**
     * Writes to several places in one pass.
     *
     * @param outputs one or more
     * @return as {@link #writeTo(Path)}
     * @throws IOException as {@link #writeTo(Path)}
     * @throws IllegalArgumentException if there is none, a file, channel or stream is given twice, or one is the input
     */
    public SelectionReport writeTo(CaptureSink... outputs) throws IOException {
        criteria.check();
        job.requireUnwritten();
        try (PacketCursor cursor = job.open()) {
            FileFilter filter = FileFilter.of(criteria, cursor);
            try (CopyOutput output = job.output(cursor, new SectionHeader(), List.of(outputs))) {
                CopyCount count = new CopyCount(job, cursor, new CopyInput(cursor, job.input.toString(), output));
                copy(count, filter);
                filter.checkAtEnd(cursor.reader());
                output.finish();
                return new SelectionReport(new CopyReport(count), filter.refusals());
            }
        }
    }

    private void copy(CopyCount count, FileFilter filter) throws IOException {
        PlainSelection plain = new PlainSelection(count, filter, criteria, inverted == null);
        long most = limit == null ? Long.MAX_VALUE : limit;
        while (count.written < most) {
            if (plain.next()) {
                count.write();
            } else if (!count.next()) {
                return;
            } else if (plain.keeps()) {
                count.write();
            }
        }
    }
}
