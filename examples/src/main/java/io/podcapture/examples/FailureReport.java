package io.podcapture.examples;

import io.podcapture.CaptureException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
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
            command.getErr().println("podcapture: " + inWords((IOException) e));
            return FAILED;
        }
        throw e;
    }

    /** Says what is wrong with a file: the message of some exceptions is its name and nothing else. */
    static String inWords(IOException e) {
        Throwable cause = e;
        while (!(cause instanceof FileSystemException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (!(cause instanceof FileSystemException file)) {
            return String.valueOf(e.getMessage());
        }
        String name = Objects.requireNonNullElse(file.getFile(), "the file");
        if (file instanceof NoSuchFileException) {
            return name + " does not exist, or its directory does not";
        }
        if (file instanceof AccessDeniedException) {
            return name + " may not be read or written";
        }
        if (file instanceof FileAlreadyExistsException) {
            return name + " is there already, and is no directory";
        }
        return String.valueOf(e.getMessage());
    }
}
