package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;

/**
 * Where a program can be written and run.
 *
 * @param told what the container told of itself
 * @param directory its full path
 */
record UploadPlace(PodName pod, String container, ContainerProbe told, String directory) {
    /**
     * Takes the directory that a container told of.
     *
     * @throws CaptureException if it found none
     */
    static UploadPlace of(PodName pod, String container, ContainerProbe told) {
        return new UploadPlace(
                pod,
                container,
                told,
                told.directory()
                        .orElseThrow(() -> new CaptureException(
                                FailureReason.TOOL_MISSING,
                                "container " + container + " of pod " + pod
                                        + " has no directory where a program can be written and run; tried "
                                        + String.join(", ", told.unfit())
                                        + "; give it an emptyDir, or use the method ephemeral")));
    }

    String architecture() {
        return told.architecture();
    }

    /** Returns the path of a file in the directory. */
    String file(String name) {
        return (directory.endsWith("/") ? directory : directory + "/") + name;
    }

    @Override
    public String toString() {
        return "container " + container + " of pod " + pod;
    }
}
