package io.podcapture.e2e;

import io.podcapture.Target;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;

/** A method as it is, but for its start. */
interface MethodWrapping extends CaptureMethod {
    CaptureMethod method();

    @Override
    default String name() {
        return method().name();
    }

    @Override
    default TargetResolver resolver() {
        return method().resolver();
    }

    @Override
    default void prepare(Target target, MethodContext context) throws IOException, InterruptedException {
        method().prepare(target, context);
    }
}
