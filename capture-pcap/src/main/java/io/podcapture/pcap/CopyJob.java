package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all operations that copy one file have: the input, what to do at its damage, and the format to write. */
final class CopyJob {
    final Path input;
    private @Nullable OutputFormat format;
    private @Nullable DamagePolicy policy;
    private boolean written;

    CopyJob(Path input) {
        this.input = input;
    }

    void format(OutputFormat format) {
        this.format = Once.set("format", this.format, format);
    }

    void onDamage(DamagePolicy policy) {
        this.policy = Once.set("policy on damage", this.policy, policy);
    }

    /** Refuses a second run; what was refused before it had an output may be tried again. */
    void requireUnwritten() {
        if (written) {
            throw new IllegalStateException("what is made of " + input + " was already written");
        }
    }

    DamagePolicy policy() {
        return policy == null ? DamagePolicy.RESYNC : policy;
    }

    PacketCursor open() throws IOException {
        try {
            return PacketCursor.openDirect(input).onDamage(policy());
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** The format asked for, else that of the input. */
    OutputFormat format(PacketCursor cursor) {
        if (format != null) {
            return format;
        }
        return cursor.reader() instanceof PcapngReader ? OutputFormat.PCAPNG : OutputFormat.PCAP;
    }

    CopyOutput output(PacketCursor cursor, SectionHeader section, List<CaptureSink> sinks) throws IOException {
        CopySettings settings = new CopySettings(section, false, InterfaceMerging.NONE);
        CopyOutput output = CopyOutput.open(format(cursor), settings, sinks, List.of(input));
        written = true;
        return output;
    }

    /** Copies all packets to one output. */
    CopyReport copyAll(List<CaptureSink> sinks) throws IOException {
        requireUnwritten();
        try (PacketCursor cursor = open();
                CopyOutput output = output(cursor, new SectionHeader(), sinks)) {
            CopyCount count = new CopyCount(this, cursor, new CopyInput(cursor, input.toString(), output));
            while (count.next()) {
                count.write();
            }
            output.finish();
            return new CopyReport(count);
        }
    }

    /** The failure, which names the input if it is the input's; those of the output name what they are about. */
    IOException named(IOException failure) {
        if (failure instanceof CaptureOutputException) {
            return failure;
        }
        return failure instanceof PcapFormatException e
                ? e.in(input)
                : new IOException("cannot read capture file " + input + ": " + failure, failure);
    }
}
