package io.podcapture.examples;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Failures of files, in words. */
final class FileFailure {
    private FileFailure() {}

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
