package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.PlanDepth;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;

/** Takes packets of this machine's interfaces by libpcap, within this JVM; starts no process and creates nothing. */
final class LocalMethod implements CaptureMethod {
    private final LocalResolver resolver;

    LocalMethod(LocalResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public TargetResolver resolver() {
        return resolver;
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context) {
        Assessment.Builder told = Assessment.builder();
        try {
            requireLocalMachine(request);
            told.passed(LibpcapPresence.require() + " is there");
            if (depth == PlanDepth.PROBE) {
                InterfaceOpening.open(request).close();
                told.passed("libpcap may open interface " + request.interfaceName());
            } else {
                told.unknown("whether libpcap may open the interface can only be tried");
            }
        } catch (CaptureException e) {
            told.refused(e.reason(), String.valueOf(e.getMessage()));
        }
        return told.build();
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws InterruptedException {
        requireLocalMachine(request);
        if (Thread.interrupted()) {
            throw new InterruptedException("the start was given up");
        }
        LiveInterface live = InterfaceOpening.open(request);
        boolean begun = false;
        try {
            RecordBuffer records = new RecordBuffer(sink, live.snaplen());
            records.beginFile(live.hasNanoseconds(), live.snaplen(), live.linkType());
            LiveReading reading =
                    new LiveReading(live, records, request.maxPackets().orElse(Long.MAX_VALUE));
            LibpcapCapture capture = new LibpcapCapture(live, reading, context.timers()::nanoTime, context::diagnostic);
            context.executor().execute(capture::run);
            begun = true;
            return capture;
        } catch (IOException e) {
            throw new CaptureException(
                    FailureReason.OUTPUT_FAILED, "the capture file could not be written: " + e.getMessage(), e);
        } finally {
            if (!begun) {
                live.close();
            }
        }
    }

    private static void requireLocalMachine(CaptureRequest request) {
        if (!LocalMachine.isNamedBy(request.target())) {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED,
                    request.target() + " is not this machine itself; use the method docker for containers, netns for"
                            + " processes and network namespaces");
        }
    }
}
