package io.podcapture.fabric8;

import io.podcapture.CapturePoint;
import io.podcapture.PlanDepth;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;

/**
 * A method for plans, on the one point of targets of kind machine; it is never started.
 *
 * @param assessment what it says when it is asked
 */
record Told(String name, Assessment assessment) implements CaptureMethod {
    private static final TargetResolver HERE = TargetResolver.direct(
            "machine", target -> CapturePoint.builder("uid", "here").build());

    @Override
    public TargetResolver resolver() {
        return HERE;
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context) {
        return assessment;
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context) {
        throw new UnsupportedOperationException("plans start nothing");
    }
}
