package io.podcapture.examples;

import io.podcapture.CaptureException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
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
        if (e instanceof IOException) {
            command.getErr().println("podcapture: " + e.getMessage());
            return FAILED;
        }
        throw e;
    }
}
