package io.podcapture.e2e;

import io.podcapture.CapturePoint;
import io.podcapture.Target;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A method as it is, whose way to what captures share, a helper that runs for instance, is timed. For sessions of one capture.
 *
 * @param helperNanos how long helpers took to come about
 */
record TracedMethod(CaptureMethod method, StartTrace trace, AtomicLong helperNanos) implements MethodWrapping {
    @Override
    public void prepare(Target target, MethodContext context) throws IOException, InterruptedException {
        method.prepare(target, new Timed(context));
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        trace.began(this, "method " + name());
        RunningCapture capture = method.start(request, sink, new Timed(context));
        trace.ended(this);
        return capture;
    }

    private final class Timed implements MethodContext {
        private final MethodContext context;

        Timed(MethodContext context) {
            this.context = context;
        }

        @Override
        public <T> T shared(String key, Class<T> type, SharedFactory<T> factory)
                throws IOException, InterruptedException {
            long from = System.nanoTime();
            trace.began(key, "shared " + type.getSimpleName());
            try {
                return context.shared(key, type, factory);
            } finally {
                trace.ended(key);
                helperNanos.addAndGet(System.nanoTime() - from);
            }
        }

        @Override
        public String sessionId() {
            return context.sessionId();
        }

        @Override
        public Duration remaining() {
            return context.remaining();
        }

        @Override
        public Executor executor() {
            return context.executor();
        }

        @Override
        public Timers timers() {
            return context.timers();
        }

        @Override
        public void diagnostic(String line) {
            context.diagnostic(line);
        }

        @Override
        public void inForce(CaptureRequest asked) {
            context.inForce(asked);
        }

        @Override
        public int captures(Predicate<CapturePoint> points) {
            return context.captures(points);
        }

        @Override
        public void attribute(String key, String value) {
            context.attribute(key, value);
        }

        @Override
        public void warning(String line) {
            context.warning(line);
        }

        @Override
        public void onCleanup(String what, Cleanup action) {
            context.onCleanup(what, action);
        }

        @Override
        public void remains(String what, String why) {
            context.remains(what, why);
        }
    }
}
