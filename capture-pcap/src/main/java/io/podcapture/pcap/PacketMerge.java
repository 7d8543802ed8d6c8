package io.podcapture.pcap;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins pcap and pcapng files into one pcapng file in time order.
 *
 * <p>Packets of equal time are in the order of the inputs, and within an input in its own order. Packets that are out of
 * order within an input are all written, and counted. Times are compared as nanoseconds and copied as they are stored.
 *
 * <p>An input gives all its interfaces, even without packets. One that is cut or damaged gives the packets before that
 * place, which the report tells; one that is no capture file fails the merge. Blocks of inputs that hold neither packets
 * nor interfaces are left out and counted.
 *
 * <p>Read buffers take up to 16 MiB, or 16 KiB an input from 1024 inputs on, and grow to the longest packet of each; all
 * inputs are open at once. Nothing is allocated
 * per packet. For one thread, and for one {@code writeTo}, which blocks and which an interrupt does not disturb.
 *
 * @since 0.1
 */
public final class PacketMerge {
    private final List<MergeInput> inputs = new ArrayList<>();
    private final PcapngWriterBuilder section = PcapngWriter.builder();
    private final Map<InetAddress, List<String>> names = new LinkedHashMap<>();
    private boolean unifySnaplens = true;
    private @Nullable Boolean begun;

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
        section.userApplication(name);
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
     * Merges into a file. It is written as a sibling with {@code .part} added to its name, forced to the disk, and then
     * renamed, so that it is there whole or not at all; an older file of that name is replaced. Its owner alone may
     * read and write it where the file system can tell. Snaplens that a packet exceeds are raised.
     *
     * @param output none of the inputs
     * @return what was read and written
     * @throws PcapFormatException if an input is no capture file
     * @throws IOException if an input cannot be read or the output not be written; the message names the file
     * @throws IllegalArgumentException if the output is an input
     * @throws IllegalStateException if there is no input, or this merge was already written
     */
    public MergeReport writeTo(Path output) throws IOException {
        begin();
        WholeFile.refuse(output, inputs.stream().map(MergeInput::file).toList());
        try (MergeRun run = new MergeRun(unifySnaplens)) {
            run.open(inputs);
            try (WholeFile file = WholeFile.create(output)) {
                PcapngWriter writer = section.open(file.sink());
                try (writer) {
                    write(run, writer);
                }
                file.commit(Snaplens.corrections(writer.interfaces(), run.unifies()));
            }
            return run.report();
        }
    }

    /**
     * Merges into a channel from its position on. Unlike with a file, a snaplen stays too small if a later packet
     * exceeds it.
     *
     * @param output in blocking mode; left open
     * @return what was read and written
     * @throws PcapFormatException if an input is no capture file
     * @throws IOException if an input cannot be read or the channel fails
     * @throws IllegalStateException if there is no input, or this merge was already written
     */
    public MergeReport writeTo(WritableByteChannel output) throws IOException {
        begin();
        try (MergeRun run = new MergeRun(unifySnaplens)) {
            run.open(inputs);
            write(run, section.open(new CaptureOutput.LentSink(output)));
            return run.report();
        }
    }

    private void write(MergeRun run, PcapngWriter writer) throws IOException {
        run.describe(writer);
        writer.nameResolution(names);
        run.writePackets(writer);
        run.writeStatistics(writer);
        writer.flush();
    }

    private void begin() {
        if (inputs.isEmpty()) {
            throw new IllegalStateException("nothing to merge: no input was added");
        }
        begun = Once.set("begun", begun, true);
    }
}
