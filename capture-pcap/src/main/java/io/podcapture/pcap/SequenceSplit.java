package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes one file after the other. */
final class SequenceSplit {
    private final CopyJob job;
    private final SplitFiles files;
    private final SplitPoint point;
    private final RepeatedBlocks repeated = new RepeatedBlocks();

    SequenceSplit(CopyJob job, SplitFiles files, SplitPoint point) {
        this.job = job;
        this.files = files;
        this.point = point;
    }

    SplitReport run() throws IOException {
        try (PacketCursor cursor = job.open()) {
            OutputFormat format = job.format(cursor);
            Path path = files.next(format);
            CopyOutput output = job.output(cursor, new SectionHeader(), List.of(CaptureSink.file(path)));
            try {
                CopyInput input = new CopyInput(cursor, job.input.toString(), output);
                cursor.blocks(block -> {
                    repeated.keep(block);
                    input.block(block);
                });
                CopyCount count = new CopyCount(job, cursor, input);
                while (count.next()) {
                    if (point.isAt(cursor.record(), output.packets, output.offset())) {
                        finish(output, path);
                        output.close();
                        path = files.next(format);
                        output = job.output(cursor, repeated.section(), List.of(CaptureSink.file(path)));
                        input.to(output);
                        repeated.writeTo(output);
                    }
                    count.write();
                }
                finish(output, path);
                return new SplitReport(new CopyReport(count), files.written());
            } finally {
                output.close();
            }
        }
    }

    private void finish(CopyOutput output, Path path) throws IOException {
        output.finish();
        files.add(new SplitReport.File(path, output.packets, output.octets));
    }
}
