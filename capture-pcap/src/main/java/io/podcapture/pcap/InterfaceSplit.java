package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file for each interface, in a pass each: files held open would be as many as the input cares to have
 * interfaces.
 */
final class InterfaceSplit {
    private final CopyJob job;
    private final SplitFiles files;
    private @Nullable CopyCount total;

    InterfaceSplit(CopyJob job, SplitFiles files) {
        this.job = job;
        this.files = files;
    }

    SplitReport run() throws IOException {
        ReadAgain.check(job.input, "each interface is written in a pass of its own");
        PacketCount.OfInterface[] interfaces = interfaces();
        boolean anyPackets = Arrays.stream(interfaces).anyMatch(each -> each.packets > 0);
        for (int i = 0; i < interfaces.length; i++) {
            if (interfaces[i].packets > 0 || !anyPackets && i == 0) {
                write(i, interfaces[i].description);
            }
        }
        if (total == null) {
            throw PcapFormatException.unsupported(job.input + " describes no interface to split by");
        }
        return new SplitReport(new CopyReport(total), files.written());
    }

    private PacketCount.OfInterface[] interfaces() throws IOException {
        try (PacketCursor cursor = job.open()) {
            PacketCount count = new PacketCount(cursor);
            try {
                count.toTheEnd();
            } catch (IOException e) {
                throw job.named(e);
            }
            return count.interfaces();
        }
    }

    private void write(int index, InterfaceDescription description) throws IOException {
        try (PacketCursor cursor = job.open()) {
            Path path = files.of(index, description, job.format(cursor));
            try (CopyOutput output = job.output(cursor, new SectionHeader(), List.of(CaptureSink.file(path)))) {
                CopyInput input =
                        new CopyInput(cursor, job.input.toString(), (of, own) -> of == index ? own : null, 0, output);
                CopyCount count = new CopyCount(job, cursor, input);
                while (count.next()) {
                    if (cursor.interfaceIndex() == index) {
                        count.write();
                    }
                }
                output.finish();
                files.add(new SplitReport.File(path, output.packets, output.octets));
                if (total == null) {
                    total = count;
                } else {
                    total.add(count);
                }
            }
        }
    }
}
