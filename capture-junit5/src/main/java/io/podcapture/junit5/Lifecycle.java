package io.podcapture.junit5;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * Begins and ends captures as JUnit goes through its contexts. A store is asked for what it or the contexts around it have, so
 * nested classes and invocations of a template find the capture of their class.
 */
final class Lifecycle {
    private static final String CAPTURE = "capture";
    private static final String TEST = "test";

    private final Namespace namespace;

    Lifecycle(Namespace namespace) {
        this.namespace = namespace;
    }

    boolean hasClass(ExtensionContext context) {
        return store(context).get(CAPTURE) != null;
    }

    void beginClass(ExtensionContext context, Settings settings) {
        store(context).put(CAPTURE, TestTraffic.start(context, settings, true));
    }

    void beginTestOfItsOwn(ExtensionContext context, Settings settings) {
        TestTraffic own = TestTraffic.start(context, settings, false);
        store(context).put(CAPTURE, own);
        begin(context, own);
    }

    void beginTest(ExtensionContext context) {
        capture(context).ifPresent(shared -> begin(context, shared));
    }

    private void begin(ExtensionContext context, TestTraffic traffic) {
        CapturedTest test = new CapturedTest(context, traffic);
        traffic.began(test);
        store(context).put(TEST, test);
    }

    /** Decides, with all that happened to the test until after its take-down, whether its capture is kept. */
    void endTest(ExtensionContext context) {
        CapturedTest test = store(context).remove(TEST, CapturedTest.class);
        if (test != null) {
            test.end(context.getExecutionException());
        }
    }

    /** Ends the capture of a class, if it is this class that has it. */
    void endClass(ExtensionContext context) {
        capture(context).filter(capture -> capture.isOf(context)).ifPresent(capture -> {
            // Its own failure is one of what is set up before all tests and taken down after them.
            if (Failures.isFailure(context.getExecutionException())
                    && capture.settings().keep() != Keep.NEVER) {
                new CapturedTest(context, capture).keepWhole(context.getExecutionException());
            }
            capture.close();
        });
    }

    TestCapture testCapture(ExtensionContext context) {
        CapturedTest test = store(context).get(TEST, CapturedTest.class);
        if (test != null) {
            return new TestCapture(test);
        }
        return capture(context)
                .map(capture -> new TestCapture(new CapturedTest(context, capture)))
                .orElseThrow(() -> new ParameterResolutionException(
                        "no capture runs here: annotate the class or the test with @CaptureTraffic"));
    }

    private Optional<TestTraffic> capture(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(CAPTURE, TestTraffic.class));
    }

    private Store store(ExtensionContext context) {
        return context.getStore(namespace);
    }
}
