package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.Target;
import java.nio.file.Path;

/**
 * A program that starts a capture and prints the reason and the words of its failure. Arguments: target, in which SELF is its
 * own number, directory, engine's command, image.
 */
final class CaptureOnce {
    private CaptureOnce() {}

    public static void main(String[] args) {
        LocalMethods.Builder methods = LocalMethods.builder().engine(args[2]).image(args[3]);
        String self = Long.toString(ProcessHandle.current().pid());
        try (CaptureSession session = CaptureSession.builder()
                .target(Target.parse(args[0].replace("SELF", self), ""))
                .via(args[0].startsWith("container/") ? methods.docker() : methods.netns())
                .writeTo(Path.of(args[1], "capture.pcapng"))
                .start()) {
            System.out.println("started: " + session.stop().explanation());
        } catch (CaptureException e) {
            System.out.println(e.reason() + ": " + e.getMessage());
        }
    }
}
