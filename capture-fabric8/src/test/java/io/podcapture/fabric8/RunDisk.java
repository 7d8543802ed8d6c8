package io.podcapture.fabric8;

import io.podcapture.PlanDepth;
import io.podcapture.Target;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** The disk of the captures of one host, between the method and the part file: it may be full, or take nothing for a while. */
final class RunDisk {
    private static final int HEADER = 24;

    private final String host;
    private final long room;
    private final CountDownLatch takesMore;

    private RunDisk(String host, long room, CountDownLatch takesMore) {
        this.host = host;
        this.room = room;
        this.takesMore = takesMore;
    }

    static RunDisk full(String host, long room) {
        return new RunDisk(host, room, new CountDownLatch(0));
    }

    /** A disk that takes the file header, and the rest when the latch is open. */
    static RunDisk slow(String host, CountDownLatch takesMore) {
        return new RunDisk(host, Long.MAX_VALUE, takesMore);
    }

    CaptureMethod under(CaptureMethod method) {
        return new CaptureMethod() {
            @Override
            public String name() {
                return method.name();
            }

            @Override
            public TargetResolver resolver() {
                return method.resolver();
            }

            @Override
            public void prepare(Target target, MethodContext context) throws IOException, InterruptedException {
                method.prepare(target, context);
            }

            @Override
            public boolean needsPreparation() {
                return method.needsPreparation();
            }

            @Override
            public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
                    throws IOException, InterruptedException {
                return method.assess(request, depth, context);
            }

            @Override
            public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
                    throws IOException, InterruptedException {
                boolean here = request.point().name().endsWith("/" + host);
                return method.start(request, here ? new Sink(sink) : sink, context);
            }
        };
    }

    private final class Sink extends PacketSink {
        private final PacketSink file;
        private long taken;

        Sink(PacketSink file) {
            this.file = file;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (taken >= HEADER) {
                await();
            }
            int fitting = (int) Math.min(length, room - taken);
            file.write(octets, offset, fitting);
            taken += fitting;
            if (fitting < length) {
                throw new IOException("No space left on device");
            }
        }

        private void await() throws InterruptedIOException {
            try {
                takesMore.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the disk was busy");
            }
        }

        @Override
        public boolean isWithinPacket() {
            return file.isWithinPacket();
        }
    }
}
