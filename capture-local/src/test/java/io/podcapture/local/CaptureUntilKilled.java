package io.podcapture.local;

import io.podcapture.CaptureSession;
import io.podcapture.Target;
import java.nio.file.Path;

/** A program that captures and never stops. Arguments: target, file, engine's command. */
final class CaptureUntilKilled {
    private CaptureUntilKilled() {}

    public static void main(String[] args) throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Target.parse(args[0], ""))
                .via(LocalMethods.builder().engine(args[2]).auto())
                .writeTo(Path.of(args[1]))
                .start()) {
            System.out.println("capturing");
            session.ended().join();
        }
    }
}
