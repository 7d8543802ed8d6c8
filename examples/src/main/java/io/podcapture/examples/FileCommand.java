package io.podcapture.examples;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands on capture files have in common: counts as words or JSON, damage on standard error, the status. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "3:done, but an input was damaged or cut"})
abstract class FileCommand implements Callable<Integer> {
    private static final int DAMAGED = 3;

    @Option(names = "--json", description = "Prints the counts as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Does the work. What it refuses as an argument was typed wrong. */
    abstract FileOutcome run() throws IOException;

    /** Whether the file itself goes to standard output. */
    boolean writesStandardOutput() {
        return false;
    }

    @Override
    public final Integer call() throws IOException {
        if (json && writesStandardOutput()) {
            throw usage("-w - and --json both want standard output");
        }
        FileOutcome outcome;
        try {
            outcome = run();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        outcome.damage().forEach(line -> spec.commandLine().getErr().println("podcapture: " + line));
        if (json) {
            spec.commandLine().getOut().println(new KubernetesSerialization().asJson(outcome.counts()));
        } else if (!writesStandardOutput()) {
            outcome.words().forEach(spec.commandLine().getOut()::println);
        }
        return outcome.damage().isEmpty() ? 0 : DAMAGED;
    }

    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
