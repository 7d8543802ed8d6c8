package io.podcapture.local;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A method as it is, but something happens before each write to its sink: a disk is slow, or hangs.
 *
 * @param beforeWrite gets the number of octets
 */
record SlowSink(CaptureMethod method, IntConsumer beforeWrite) implements CaptureMethod {
    /** Takes nothing as long as it is blocked. */
    static IntConsumer whileTrue(AtomicBoolean blocked) {
        return length -> {
            while (blocked.get()) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        };
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public TargetResolver resolver() {
        return method.resolver();
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        return method.start(
                request,
                new PacketSink() {
                    @Override
                    public void write(byte[] octets, int offset, int length) throws IOException {
                        beforeWrite.accept(length);
                        sink.write(octets, offset, length);
                    }

                    @Override
                    public boolean isWithinPacket() {
                        return sink.isWithinPacket();
                    }
                },
                context);
    }
}
