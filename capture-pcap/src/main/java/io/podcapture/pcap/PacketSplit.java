package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Copies a file into several: one after the other by time, size or number of packets, or one for each interface.
 *
 * <p>They are called as the input without its extension, a number, and the extension of their format, as
 * {@code cart-00001.pcapng}; by interface {@code cart-0-eth0.pcapng}. Each can be read alone: it has the interfaces met
 * before, and of pcapng the comments of section headers, names and secrets, up to 4 MiB of them. Other blocks are in the
 * file that was written when they were met, statistics so mostly in the last.
 *
 * <p>Each file is complete when the next is begun. If one cannot be written, those before it stay.
 *
 * <p>Nothing is allocated per packet. For one thread, and for one {@code writeTo}, which blocks and which an interrupt
 * does not disturb; another thread does the writing, and one more reads along in files of 8 MiB or more.
 *
 * @since 0.1
 */
public final class PacketSplit {
    private static final String RULE = "rule to split by";
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final CopyJob job;
    private @Nullable Rule rule;

    PacketSplit(Path input) {
        job = new CopyJob(input);
    }

    /** How to split; makes the run of it. */
    private interface Rule {
        SplitReport run(SplitFiles files) throws IOException;
    }

    /**
     * Begins a file with the first packet of each span of time, counted from the first packet of all. A span without
     * packets gives no file. A packet that is earlier than the file at hand goes there too, unless it lies before its
     * span by more than both a span and a second: it begins a file then, so that a wrong time takes no others along.
     *
     * @param span more than zero, at most the 292 years that a {@code long} of nanoseconds holds
     * @return this
     */
    public PacketSplit every(Duration span) {
        check(!span.isNegative() && !span.isZero(), "a span of " + span);
        if (span.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "cannot split by a span of " + span + ": it is to be at most " + LONGEST);
        }
        return by(new SplitPoint.Every(span.toNanos()));
    }

    /**
     * Begins a file where the one at hand would become larger.
     *
     * @param octets a file has at most, unless its first packet alone has more
     * @return this
     */
    public PacketSplit size(long octets) {
        check(octets > 0, "a size of " + octets);
        return by(new SplitPoint.Size(octets));
    }

    /**
     * Begins a file after so many packets.
     *
     * @param count of packets that a file has, but for the last
     * @return this
     */
    public PacketSplit packets(long count) {
        check(count > 0, "a count of " + count);
        return by(new SplitPoint.Packets(count));
    }

    /**
     * Writes a file for each interface that has packets. The input is read once more than there are such interfaces.
     *
     * @return this
     */
    public PacketSplit byInterface() {
        rule = Once.set(RULE, rule, files -> new InterfaceSplit(job, files).run());
        return this;
    }

    /**
     * Says what to do at damage; without, it is {@link DamagePolicy#RESYNC}.
     *
     * @param policy while reading
     * @return this
     */
    public PacketSplit onDamage(DamagePolicy policy) {
        job.onDamage(policy);
        return this;
    }

    /**
     * Sets what is written; without, it is the input's own format.
     *
     * @param format of the files
     * @return this
     */
    public PacketSplit format(OutputFormat format) {
        job.format(format);
        return this;
    }

    /**
     * Writes the files.
     *
     * @param directory made if it is not there; files in it of the same names are replaced
     * @return what was read and written
     * @throws PcapFormatException if the input is no capture file or ends within its header; with
     *     {@link DamagePolicy#HALT} also if it is damaged or cut
     * @throws CaptureOutputException if a file cannot be written, or its format cannot hold what the input has
     * @throws IOException if the input cannot be read, or is to be split by interface and is no regular file, or a file
     *     cannot be created; the message names the file
     * @throws IllegalArgumentException if a file to be written is the input
     * @throws IllegalStateException if nothing says how to split, or this was already written
     */
    public SplitReport writeTo(Path directory) throws IOException {
        if (rule == null) {
            throw new IllegalStateException("nothing says how to split " + job.input);
        }
        job.requireUnwritten();
        Files.createDirectories(directory);
        return rule.run(new SplitFiles(job.input, directory));
    }

    private PacketSplit by(SplitPoint point) {
        rule = Once.set(RULE, rule, files -> new SequenceSplit(job, files, point).run());
        return this;
    }

    private static void check(boolean legal, String what) {
        if (!legal) {
            throw new IllegalArgumentException("cannot split by " + what + ": it is to be more than zero");
        }
    }
}
