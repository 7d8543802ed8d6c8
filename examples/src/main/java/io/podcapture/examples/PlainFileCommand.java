package io.podcapture.examples;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Runs commands on capture files whose arguments are plain. */
final class PlainFileCommand {
    private PlainFileCommand() {}

    /** The status; empty if the arguments are to be read in full, and nothing was written yet. */
    static OptionalInt run(String[] args) {
        Optional<FileCommand> command;
        try {
            command = args.length == 0 ? Optional.empty() : command(args);
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
        if (command.isEmpty()) {
            return OptionalInt.empty();
        }
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        try {
            return OptionalInt.of(command.get().tell(command.get().run(), out, err));
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

    private static Optional<FileCommand> command(String[] args) {
        return switch (args[0]) {
            case "merge" ->
                PlainArguments.read(args, Set.of("-w", "--format", "--on-damage"))
                        .filter(plain -> plain.option("-w").isPresent())
                        .map(MergeCommand::of);
            case "slice" ->
                PlainArguments.read(args, Set.of("-w", "--from", "--to"))
                        .filter(plain -> plain.option("-w").isPresent()
                                && plain.operands().size() == 1)
                        .map(SliceCommand::of);
            case "filter" ->
                PlainArguments.read(args, Set.of("-w", "--format"))
                        .filter(plain -> plain.option("-w").isPresent()
                                && plain.operands().size() == 2)
                        .map(FilterCommand::of);
            case "stats" -> PlainArguments.read(args, Set.of()).map(StatsCommand::of);
            default -> Optional.empty();
        };
    }

    static Path[] paths(PlainArguments plain) {
        return plain.operands().stream().map(Path::of).toArray(Path[]::new);
    }
}
