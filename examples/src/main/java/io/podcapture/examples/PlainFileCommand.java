package io.podcapture.examples;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands on capture files whose arguments are plain.
 *
 * <p>On their way there is no lambda, here and in what they call, but for what {@code stats} calls: see docs/adr/0018.
 */
final class PlainFileCommand {
    private PlainFileCommand() {}

    /** The status; empty if the arguments are to be read in full, and nothing was written yet. */
    static OptionalInt run(String[] args) {
        FileCommand command;
        try {
            command = args.length == 0 ? null : command(args);
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
        if (command == null) {
            return OptionalInt.empty();
        }
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        try {
            return OptionalInt.of(command.tell(command.run(), out, err));
        } catch (FilterSyntaxException e) {
            // It may be refused only when the file has been read, and a pipe is not read twice.
            err.println("podcapture: " + FilterFault.inWords(e));
            err.println(UsageHint.of("podcapture " + args[0]));
            return OptionalInt.of(FileCommand.WRONG_USAGE);
        } catch (IllegalArgumentException e) {
            // What the library refuses before it reads it refuses again, and then with the usage.
            return OptionalInt.empty();
        } catch (IOException e) {
            err.println("podcapture: " + FileFailure.inWords(e));
            return OptionalInt.of(FailureReport.FAILED);
        }
    }

    /** Null for other commands. Throws IllegalArgumentException if the arguments are not plain. */
    private static @Nullable FileCommand command(String[] args) {
        return switch (args[0]) {
            case "merge" -> MergeCommand.of(PlainArguments.read(args, Set.of("-w", "--format", "--on-damage")));
            case "slice" -> SliceCommand.of(PlainArguments.read(args, Set.of("-w", "--from", "--to")));
            case "filter" -> FilterCommand.of(PlainArguments.read(args, Set.of("-w", "--format")));
            case "convert" -> ConvertCommand.of(PlainArguments.read(args, Set.of("-w", "--format")));
            case "stats" -> StatsCommand.of(PlainArguments.read(args, Set.of()));
            default -> null;
        };
    }
}
