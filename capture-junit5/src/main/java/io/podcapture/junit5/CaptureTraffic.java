package io.podcapture.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Captures the traffic of targets while tests run, and keeps it when one fails.
 *
 * <p>On a class there is one capture for all its tests, nested ones too, and a failing test keeps its own time window of it. On
 * a method there is a capture for this test alone. What is kept lies in {@code target/captures/CLASS/METHOD}; the
 * configuration parameter {@code podcapture.captures} names another directory than {@code target/captures}. Of a test that does
 * not fail nothing stays.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CaptureTrafficExtension.class)
public @interface CaptureTraffic {
    /** Returns whose packets: {@code deployment/cart}, {@code svc/cart}, {@code node/worker-1}, or a pod's name. */
    String[] targets();

    /** Returns the namespace of the targets; empty for that of the current context. */
    String namespace() default "";

    /** Returns the capture filter, in libpcap's language; empty for everything. */
    String filter() default "";

    /**
     * Returns the name of the method, as {@link io.podcapture.MethodChoice#named} knows it; {@code auto} for what needs least
     * and works.
     */
    String method() default "auto";

    /** Returns what the method is told, each as {@code name=value}, for instance {@code image=registry.example/netshoot:1}. */
    String[] settings() default {};

    /** Returns when the capture of a test is kept. */
    Keep keep() default Keep.ON_FAILURE;

    /** Returns whether tests fail when the capture cannot start; otherwise that is a warning, and they run without it. */
    boolean required() default true;
}
