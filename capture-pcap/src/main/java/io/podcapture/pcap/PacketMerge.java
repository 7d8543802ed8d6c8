package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.NameResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins pcap and pcapng files into one in time order.
 *
 * <p>Packets of equal time are in the order of the inputs, and within an input in its own order. Packets that are out of
 * order within an input are all written, and counted. Times are compared as nanoseconds and copied as they are stored.
 *
 * <p>An input gives all its interfaces, even without packets. Options are kept octet for octet. Names, secrets,
 * statistics, journal entries and custom blocks go behind the packets of their own input that came before them; those of
 * types unknown here, and what forbids to be copied, are left out and counted. Comments of all section headers are kept.
 *
 * <p>Memory does not grow with the size of the inputs, nor, but for some KiB each, with their number. Nothing is allocated
 * per packet. For one thread, and for one {@code writeTo}, which blocks and which an interrupt does not disturb. Another
 * thread, which ends with it, does the writing.
 *
 * @since 0.1
 */
public final class PacketMerge {
    private final List<MergeInput> inputs = new ArrayList<>();
    private final SectionHeader section = new SectionHeader();
    private final SelectionCriteria criteria = new SelectionCriteria();
    private final Map<InetAddress, List<String>> names = new LinkedHashMap<>();
    private boolean unifySnaplens = true;
    private @Nullable String userApplication;
    private @Nullable OutputFormat format;
    private @Nullable OnDamage onDamage;
    private @Nullable InterfaceMerging merging;
    private @Nullable Duration sortWithin;
    private boolean written;

    PacketMerge() {}

    /**
     * Adds an input as it is.
     *
     * @param file of pcap or pcapng
     * @return this
     */
    public PacketMerge input(Path file) {
        inputs.add(new MergeInput(file));
        return this;
    }

    /**
     * Adds an input with options of its own.
     *
     * @param file of pcap or pcapng
     * @param options called at once, to say what the file itself does not
     * @return this
     */
    public PacketMerge input(Path file, Consumer<? super MergeInput> options) {
        MergeInput input = new MergeInput(file);
        options.accept(input);
        inputs.add(input);
        return this;
    }

    /**
     * Adds a comment on the whole file. May be called several times.
     *
     * @param text of one comment; what does not fit an option is cut
     * @return this
     */
    public PacketMerge sectionComment(String text) {
        section.comment(text);
        return this;
    }

    /**
     * Sets the program that the file is said to be made by.
     *
     * @param name and version
     * @return this
     */
    public PacketMerge userApplication(String name) {
        userApplication = Once.set("user application", userApplication, name);
        section.userApplication(name);
        return this;
    }

    /**
     * Sets what is written; without, it is {@link OutputFormat#PCAPNG}.
     *
     * @param format of the output
     * @return this
     */
    public PacketMerge format(OutputFormat format) {
        this.format = Once.set("format", this.format, format);
        return this;
    }

    /**
     * Says what to do with inputs that are cut or damaged; without, it is {@link OnDamage#SKIP}.
     *
     * @param choice for all inputs
     * @return this
     */
    public PacketMerge onDamage(OnDamage choice) {
        onDamage = Once.set("on damage", onDamage, choice);
        return this;
    }

    /**
     * Keeps only the packets that a capture filter matches. Each interface is filtered with a program for its link type;
     * where the filter cannot be compiled for one, none of its packets matches, and {@link MergeReport.Input#refusals()} says
     * why. All interfaces are described in the output, also those without packets left.
     *
     * @param expression in the language of pcap-filter(7)
     * @return this
     * @see PacketFiles#filter
     */
    public PacketMerge filter(String expression) {
        criteria.filter(expression);
        return this;
    }

    /**
     * Has the filter look at what packets carry too: see {@link io.podcapture.pcap.filter.PacketFilter#inner}. Of a link type that
     * a filter itself cannot be compiled for, what is carried matches all the same.
     *
     * @return this
     */
    public PacketMerge inner() {
        criteria.inner();
        return this;
    }

    /**
     * Says who finds the addresses of hosts that the filter names; without, names of hosts are refused. It is asked for each
     * name once, whatever inputs and link types there are.
     *
     * @param resolver asked in the thread that calls {@code writeTo}
     * @return this
     */
    public PacketMerge resolver(NameResolver resolver) {
        criteria.resolver(resolver);
        return this;
    }

    /**
     * Keeps only the packets of a window of time, as they are in the output; {@link MergeInput#between} means an input's own
     * times.
     *
     * @param from the first moment
     * @param to the last moment, not before the first
     * @return this
     */
    public PacketMerge between(Instant from, Instant to) {
        criteria.from(from);
        criteria.to(to);
        criteria.checkWindow();
        return this;
    }

    /**
     * Has packets put in order that are out of it within their input by no more than so much. Without, they stay as they
     * are: see {@link MergeReport.Input#outOfOrder}. All inputs together hold up to 16 MiB of packets for it, and a packet
     * each; where that does not hold the span, the earliest goes before its turn. Costs a copy of each packet.
     *
     * @param window more than 0
     * @return this
     */
    public PacketMerge sortWithin(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window to sort within is " + window);
        }
        sortWithin = Once.set("sort window", sortWithin, window);
        return this;
    }

    /**
     * Says which interfaces become one; without, it is {@link InterfaceMerging#NONE}.
     *
     * @param merging of all inputs' interfaces
     * @return this
     */
    public PacketMerge interfaces(InterfaceMerging merging) {
        this.merging = Once.set("interfaces", this.merging, merging);
        return this;
    }

    /**
     * Adds names of addresses, for a Name Resolution Block before the packets.
     *
     * @param names of pods and services, in order of preference; copied
     * @return this
     */
    public PacketMerge names(Map<? extends InetAddress, ? extends List<String>> names) {
        names.forEach((address, of) ->
                this.names.computeIfAbsent(address, key -> new ArrayList<>()).addAll(of));
        return this;
    }

    /**
     * Sets whether all interfaces get the largest of their snaplens where their link types agree, without which libpcap
     * refuses the file. Without a call they do.
     *
     * @param unify false to keep each interface's own
     * @return this
     */
    public PacketMerge unifySnaplens(boolean unify) {
        unifySnaplens = unify;
        return this;
    }

    /**
     * Merges into a file: see {@link CaptureSink#file}. Snaplens that a packet exceeds are raised.
     *
     * @param output none of the inputs
     * @return what was read and written
     * @throws PcapFormatException if an input is no capture file
     * @throws FilterSyntaxException if the filter cannot be compiled for any link type of the inputs; no file is left then
     * @throws CaptureOutputException if the output cannot be written, or its format cannot hold what the inputs have
     * @throws IOException if an input cannot be read or the output not be created; the message names the file
     * @throws IllegalArgumentException if the output is an input
     * @throws IllegalStateException if there is no input, or this merge was already written
     */
    public MergeReport writeTo(Path output) throws IOException {
        return writeTo(CaptureSink.file(output));
    }

    /**
     * Merges into a channel from its position on. Unlike with a file, a snaplen stays too small if a later packet
     * exceeds it.
     *
     * @param output in blocking mode; left open
     * @return what was read and written
     * @throws PcapFormatException if an input is no capture file
     * @throws CaptureOutputException if the channel fails, or the format cannot hold what the inputs have
     * @throws IOException if an input cannot be read
     * @throws IllegalStateException if there is no input, or this merge was already written
     */
    public MergeReport writeTo(WritableByteChannel output) throws IOException {
        return writeTo(CaptureSink.channel(output));
    }

    /**
     * Merges into several places in one pass. Where one fails, all end, and files are given up, but for what is whole of
     * the one that failed.
     *
     * @param outputs one or more
     * @return what was read and written
     * @throws PcapFormatException if an input is no capture file
     * @throws CaptureOutputException if an output cannot be written, or the format cannot hold what the inputs have
     * @throws IOException if an input cannot be read or an output not be created
     * @throws IllegalArgumentException if there is none, a file, channel or stream is given twice, or one is an input
     * @throws IllegalStateException if there is no input, or this merge was already written
     */
    public MergeReport writeTo(CaptureSink... outputs) throws IOException {
        if (inputs.isEmpty()) {
            throw new IllegalStateException("nothing to merge: no input was added");
        }
        if (written) {
            throw new IllegalStateException("this merge was already written");
        }
        criteria.check();
        CopySettings settings =
                new CopySettings(section, unifySnaplens, merging == null ? InterfaceMerging.NONE : merging);
        List<Path> files = new ArrayList<>();
        for (MergeInput input : inputs) {
            files.add(input.file());
        }
        try (CopyOutput output = CopyOutput.open(
                        format == null ? OutputFormat.PCAPNG : format, settings, List.of(outputs), files);
                MergeRun run = new MergeRun(
                        inputs, criteria, onDamage == null ? OnDamage.SKIP : onDamage, sortNanos(), output)) {
            // What was refused before had no output, and may be tried again with another.
            written = true;
            output.names(names);
            run.run();
            output.finish();
            return run.report();
        }
    }

    private long sortNanos() {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        return sortWithin == null ? 0 : (sortWithin.compareTo(longest) < 0 ? sortWithin : longest).toNanos();
    }
}
