package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import java.nio.file.Path;

/** A program that starts a capture of this machine and prints what became of it. Arguments: file, interface. */
final class CaptureOrSayWhyNot {
    private CaptureOrSayWhyNot() {}

    public static void main(String[] args) {
        CaptureSession.Builder builder = CaptureSession.builder()
                .target(Targets.localMachine())
                .via(LocalMethods.local())
                .interfaces(args[1])
                .writeTo(Path.of(args[0]));
        try {
            builder.start().close();
            System.out.println("captured");
        } catch (CaptureException e) {
            System.out.println(e.reason() + " " + e.getMessage());
        }
    }
}
