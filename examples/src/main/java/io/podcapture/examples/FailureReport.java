package io.podcapture.examples;

import io.podcapture.CaptureException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what failed, without a stack trace where the message says it all. */
final class FailureReport implements IExecutionExceptionHandler {
    static final int FAILED = 1;

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof CaptureException failure) {
            command.getErr().println("podcapture: " + failure.reason() + ": " + failure.getMessage());
            return FAILED;
        }
        if (e instanceof IOException file) {
            command.getErr().println("podcapture: " + FileFailure.inWords(file));
            return FAILED;
        }
        if (e instanceof IllegalArgumentException && command.getCommand() instanceof FileCommand) {
            // What these refuse was typed wrong.
            ParameterException typed = new ParameterException(command, String.valueOf(e.getMessage()), e);
            return new UsageReport().handleParseException(typed, new String[0]);
        }
        throw e;
    }
}
