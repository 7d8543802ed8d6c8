package io.podcapture.junit5;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link CaptureTraffic} stands for. Its state is in the store of the contexts alone. */
final class CaptureTrafficExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final Lifecycle lifecycle = new Lifecycle(Namespace.create(CaptureTraffic.class));

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

    @Override
    public void afterEach(ExtensionContext context) {
        lifecycle.endTest(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        lifecycle.endClass(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCapture.class;
    }

    @Override
    public TestCapture resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lifecycle.testCapture(context);
    }

    private static Optional<CaptureTraffic> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), CaptureTraffic.class);
    }
}
