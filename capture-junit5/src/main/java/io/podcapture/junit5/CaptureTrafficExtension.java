package io.podcapture.junit5;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link CaptureTraffic} stands for. Its state is in the store of the contexts alone. */
final class CaptureTrafficExtension extends TrafficExtension {
    CaptureTrafficExtension() {
        super(CaptureTraffic.class);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class without an annotation of its own shares what the classes around it have.
        annotation(context).ifPresent(wanted -> lifecycle.beginClass(context, Settings.of(wanted)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Optional<Settings> own = annotation(context).map(Settings::of);
        if (own.isPresent()) {
            lifecycle.beginTestOfItsOwn(context, own.get());
        } else {
            lifecycle.beginTest(context);
        }
    }

    private static Optional<CaptureTraffic> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), CaptureTraffic.class);
    }
}
