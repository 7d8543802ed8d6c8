package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.NameResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies the packets of a file into several, each for what a capture filter of its own matches, in one pass.
 *
 * <p>A packet goes to every output whose filter matches it. Each output has all interfaces and, of pcapng, all blocks
 * without packets, so that each can be read alone. Files come to be at the end, when all outputs are written: where one
 * cannot be, none is there. Only where a whole file cannot be given its name the others have theirs all the same.
 *
 * <p>Nothing is allocated per packet. For one thread, and for one {@code write}, which blocks and which an interrupt does
 * not disturb; another thread for each output does the writing, and one more reads along in files of 8 MiB or more.
 *
 * @since 0.1
 */
public final class PacketRouting {
    /** What one output is given. */
    record Branch(@Nullable String expression, List<CaptureSink> sinks) {}

    private final CopyJob job;
    private final SelectionCriteria window = new SelectionCriteria();
    private final List<Branch> branches = new ArrayList<>();
    private @Nullable Branch rest;
    private @Nullable NameResolver names;
    private @Nullable Boolean inner;
    private final Set<Object> places = new HashSet<>();

    PacketRouting(Path input) {
        job = new CopyJob(input);
    }

    /**
     * Adds a file for what a filter matches: see {@link CaptureSink#file}.
     *
     * @param expression in the language of pcap-filter(7)
     * @param output not the input
     * @return this
     * @throws IllegalArgumentException if the file was given before
     */
    public PacketRouting to(String expression, Path output) {
        return to(expression, CaptureSink.file(output));
    }

    /**
     * Adds an output, of one or more places, for what a filter matches.
     *
     * @param expression in the language of pcap-filter(7)
     * @param output one or more
     * @return this
     * @throws IllegalArgumentException if there is none, or a file, channel or stream was given before
     */
    public PacketRouting to(String expression, CaptureSink... output) {
        branches.add(new Branch(expression, checked(output, "to(\"" + expression + "\")")));
        return this;
    }

    /**
     * Adds a file for the packets that no filter matches.
     *
     * @param output not the input
     * @return this
     * @throws IllegalArgumentException if the file was given before
     */
    public PacketRouting rest(Path output) {
        return rest(CaptureSink.file(output));
    }

    /**
     * Adds an output for the packets that no filter matches.
     *
     * @param output one or more places
     * @return this
     * @throws IllegalArgumentException if there is none, or a file, channel or stream was given before
     */
    public PacketRouting rest(CaptureSink... output) {
        rest = Once.set("rest", rest, new Branch(null, checked(output, "rest()")));
        return this;
    }

    /** Of all outputs together; those of each are looked at again where it is opened. */
    private List<CaptureSink> checked(CaptureSink[] output, String call) {
        if (output.length == 0) {
            throw new IllegalArgumentException(call + " has no output: give a file, a channel or a stream");
        }
        for (CaptureSink sink : output) {
            if (!places.add(sink.place)) {
                throw new IllegalArgumentException(sink.place + " is to be written twice");
            }
        }
        return List.of(output);
    }

    /**
     * Leaves out, of all outputs, what is not of a window of time.
     *
     * @param from the first moment
     * @param to the last moment, not before the first
     * @return this
     */
    public PacketRouting between(Instant from, Instant to) {
        window.from(from);
        window.to(to);
        window.checkWindow();
        return this;
    }

    /**
     * Has the filters look at what packets carry too: see {@link io.podcapture.pcap.filter.PacketFilter#inner}. Of a link type that
     * a filter itself cannot be compiled for, what is carried matches all the same.
     *
     * @return this
     */
    public PacketRouting inner() {
        inner = Once.set("inner", inner, true);
        return this;
    }

    /**
     * Says who finds the addresses of hosts that the filters name; without, names of hosts are refused. It is asked for each
     * name once, whatever filters name it: all are about the same addresses.
     *
     * @param resolver asked in the thread that calls {@code write}
     * @return this
     */
    public PacketRouting resolver(NameResolver resolver) {
        names = Once.set("resolver", names, resolver.remembering());
        return this;
    }

    /**
     * Says what to do at damage; without, it is {@link DamagePolicy#RESYNC}.
     *
     * @param policy while reading
     * @return this
     */
    public PacketRouting onDamage(DamagePolicy policy) {
        job.onDamage(policy);
        return this;
    }

    /**
     * Sets what is written; without, it is the input's own format.
     *
     * @param format of all outputs
     * @return this
     */
    public PacketRouting format(OutputFormat format) {
        job.format(format);
        return this;
    }

    /**
     * Reads the file once and writes all outputs.
     *
     * @return what was read and written
     * @throws FilterSyntaxException if one of the filters cannot be compiled for any link type of the file; no file is left
     *     then
     * @throws PcapFormatException if the input is no capture file or ends within its header; with
     *     {@link DamagePolicy#HALT} also if it is damaged or cut
     * @throws CaptureOutputException if an output cannot be written, or its format cannot hold what the input has
     * @throws IOException if the input cannot be read or an output not be created; the message names the file
     * @throws IllegalArgumentException if an output is the input
     * @throws IllegalStateException if there is no output, or this was already written
     */
    public RoutingReport write() throws IOException {
        List<Branch> all = new ArrayList<>(branches);
        if (rest != null) {
            all.add(rest);
        }
        if (all.isEmpty()) {
            throw new IllegalStateException("no output: call to(...)");
        }
        job.requireUnwritten();
        try (PacketCursor cursor = job.open();
                RoutingRun run = new RoutingRun(job, cursor, window, names, inner != null)) {
            for (Branch branch : all) {
                run.open(branch);
            }
            run.copy();
            return run.finish(rest != null);
        }
    }
}
