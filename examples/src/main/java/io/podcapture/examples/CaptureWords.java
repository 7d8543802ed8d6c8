package io.podcapture.examples;

import io.podcapture.CaptureResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import picocli.CommandLine;

/** A line for each capture point on standard error; on standard output the packets or the manifest, where they are wanted. */
final class CaptureWords implements ResultWords {
    private final PrintWriter out;
    private final PrintWriter err;
    private final OutputFile output;
    private final boolean json;

    CaptureWords(CommandLine command, OutputFile output, boolean json) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.output = output;
        this.json = json;
    }

    @Override
    public void tell(CaptureResult result) throws IOException {
        result.points().forEach(point -> err.println(ProgressLine.inWords(point)));
        result.warnings().forEach(warning -> err.println("warning: " + warning));
        result.leftovers().forEach(leftover -> err.println("left: " + leftover));
        if (output.isStandardOutput()) {
            output.passOn(System.out);
        } else {
            result.file().ifPresent(file -> err.println(result.outcome() + " " + file));
        }
        result.parts().forEach(part -> err.println("part file kept: " + part));
        if (json && result.manifest().isPresent()) {
            out.print(Files.readString(result.manifest().get()));
            out.println();
        }
    }
}
