package io.podcapture.junit5;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What both ways to ask for captures have in common: how they end, and the parameter of a test. */
abstract sealed class TrafficExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver
        permits CaptureExtension, CaptureTrafficExtension {
    final Lifecycle lifecycle;

    TrafficExtension(Object owner) {
        this.lifecycle = new Lifecycle(Namespace.create(TrafficExtension.class, owner));
    }

    @Override
    public final void afterEach(ExtensionContext context) {
        lifecycle.endTest(context);
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        lifecycle.endClass(context);
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCapture.class;
    }

    @Override
    public final TestCapture resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lifecycle.testCapture(context);
    }
}
