package io.podcapture.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code podcapture}. */
@Command(
        name = "podcapture",
        description = "Captures the network traffic of Kubernetes pods, with proof that the capture is whole.",
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
            ConvertCommand.class
        })
public final class PodCapture {
    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PodCapture())
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(java.time.Duration.class, new DurationConverter())
                .setExecutionExceptionHandler(new FailureReport());
    }
}
