package io.podcapture.e2e;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import java.io.IOException;
import java.util.function.Consumer;

/** A method as it is, but something happens before each write to its sink: a slow disk for instance. */
record SinkWrapping(CaptureMethod method, Consumer<Integer> beforeWrite) implements MethodWrapping {
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
