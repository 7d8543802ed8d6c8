package io.podcapture.examples;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podcapture.pcap.filter.FilterSyntaxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the commands on capture files have in common: counts as words or JSON, damage on standard error, the status.
 *
 * <p>Of the full reader of arguments they have annotations, and no class that would have to be loaded where all is plain.
 */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "3:done, but an input was damaged or cut"})
abstract class FileCommand implements Callable<Integer> {
    static final int WRONG_USAGE = 2;

    private static final int DAMAGED = 3;

    @Option(names = "--json", description = "Prints the counts as JSON.")
    private boolean json;

    /** Absent where the arguments were plain. */
    @Spec
    private @Nullable CommandSpec spec;

    /** Does the work. What it refuses as an argument was typed wrong. */
    abstract FileOutcome run() throws IOException;

    /** Whether the file itself goes to standard output. */
    boolean writesStandardOutput() {
        return false;
    }

    @Override
    public final Integer call() throws IOException {
        if (json && writesStandardOutput()) {
            throw new IllegalArgumentException("-w - and --json both want standard output");
        }
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        try {
            return tell(run(), line.getOut(), line.getErr());
        } catch (FilterSyntaxException e) {
            throw FilterFault.of(e);
        }
    }

    /** Says what was done; returns the status. */
    final int tell(FileOutcome outcome, PrintWriter out, PrintWriter err) {
        for (List<String> lines : List.of(outcome.notes(), outcome.damage(), outcome.failures())) {
            for (String line : lines) {
                err.println("podcapture: " + line);
            }
        }
        if (json) {
            out.println(new KubernetesSerialization().asJson(outcome.counts()));
        } else if (!writesStandardOutput()) {
            for (String line : outcome.words()) {
                out.println(line);
            }
        }
        if (!outcome.failures().isEmpty()) {
            return FailureReport.FAILED;
        }
        return outcome.damage().isEmpty() ? 0 : DAMAGED;
    }
}
