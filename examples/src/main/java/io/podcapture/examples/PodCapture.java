package io.podcapture.examples;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code podcapture}. */
@Command(
        name = "podcapture",
        description =
                "Captures the network traffic of Kubernetes pods, and of containers and processes without Kubernetes, with"
                        + " proof that the capture is whole.",
        mixinStandardHelpOptions = true,
        version = "podcapture 0.1",
        subcommands = {
            CaptureCommand.class,
            PlanCommand.class,
            LeftoversCommand.class,
            DemoCommand.class,
            MergeCommand.class,
            SliceCommand.class,
            SplitCommand.class,
            RepairCommand.class,
            StatsCommand.class,
            ConvertCommand.class,
            FilterCommand.class,
            CompileCommand.class
        })
final class PodCapture {
    private PodCapture() {}

    /** Runs a command; returns its status. */
    static int run(String[] args) {
        Optional<CommandLine> onFiles = args.length == 0 ? Optional.empty() : onFiles(args[0]);
        return onFiles.isPresent()
                ? onFiles.get().execute(Arrays.copyOfRange(args, 1, args.length))
                : commandLine().execute(args);
    }

    /** A command on capture files alone: their work is short, and to describe all others takes longer. */
    private static Optional<CommandLine> onFiles(String name) {
        @Nullable
        Object command =
                switch (name) {
                    case "merge" -> new MergeCommand();
                    case "slice" -> new SliceCommand();
                    case "split" -> new SplitCommand();
                    case "repair" -> new RepairCommand();
                    case "stats" -> new StatsCommand();
                    case "convert" -> new ConvertCommand();
                    case "filter" -> new FilterCommand();
                    case "compile" -> new CompileCommand();
                    default -> null;
                };
        return Optional.ofNullable(command).map(of -> described(of).setCommandName("podcapture " + name));
    }

    static CommandLine commandLine() {
        return described(new PodCapture());
    }

    private static CommandLine described(Object command) {
        return new CommandLine(command)
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(java.time.Duration.class, new DurationConverter())
                .setParameterExceptionHandler(new UsageReport())
                .setExecutionExceptionHandler(new FailureReport());
    }
}
