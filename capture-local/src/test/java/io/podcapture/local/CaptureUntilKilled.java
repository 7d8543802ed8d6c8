package io.podcapture.local;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.spi.CaptureMethod;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A program that captures until it is killed, or interrupted: then it stops, and prints what became of it. Arguments: target,
 * file, filter, engine's command, image, whether its sink blocks.
 */
final class CaptureUntilKilled {
    private CaptureUntilKilled() {}

    public static void main(String[] args) throws Exception {
        AtomicBoolean blocked = new AtomicBoolean();
        MethodChoice choice =
                MethodChoice.inOrder(LocalMethods.builder().engine(args[3]).image(args[4]).auto().methods().stream()
                        .map(method -> new SlowSink(method, SlowSink.whileTrue(blocked)))
                        .toArray(CaptureMethod[]::new));
        CaptureSession.Builder asked = CaptureSession.builder()
                .target(Target.parse(args[0], ""))
                .via(choice)
                .filter(args[2])
                .writeTo(Path.of(args[1]));
        if (args.length > 6) {
            asked.interfaces(Arrays.copyOfRange(args, 6, args.length));
        }
        try (CaptureSession session = asked.start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(session.stop())));
            blocked.set(Boolean.parseBoolean(args[5]));
            System.out.println("capturing " + session.id());
            session.ended().join();
        }
    }

    private static void tell(CaptureResult result) {
        System.out.println(
                result.outcome() + " " + result.points().get(0).statistics().packets());
    }
}
