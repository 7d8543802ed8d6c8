package io.podcapture.local;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A method as it is, but its sink takes nothing as long as it is blocked: a disk that hangs. */
record BlockingSink(CaptureMethod method, AtomicBoolean blocked) implements CaptureMethod {
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
                        while (blocked.get()) {
                            LockSupport.park();
                        }
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
