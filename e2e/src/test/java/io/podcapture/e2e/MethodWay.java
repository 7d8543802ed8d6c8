package io.podcapture.e2e;

import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.CaptureMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One of our methods, and what it is held against.
 *
 * @param name for the table
 * @param hand the way by hand that it is compared with
 * @param readyWithin how many milliseconds the start may take
 * @param withHelperWithin how many it may take where the helper runs already
 * @param alone the method that starts in it, measured without the question which one would
 * @param repetitions how often it is measured at most
 */
record MethodWay(
        String name,
        Function<KubernetesMethods, MethodChoice> method,
        Function<LatencyScene, Target> target,
        Optional<String> hand,
        OptionalLong readyWithin,
        OptionalLong withHelperWithin,
        Optional<String> alone,
        int repetitions) {
    static MethodWay of(
            String name, Function<KubernetesMethods, MethodChoice> method, Function<LatencyScene, Target> target) {
        return new MethodWay(
                name,
                method,
                target,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Integer.MAX_VALUE);
    }

    MethodWay against(String way) {
        return new MethodWay(name, method, target, Optional.of(way), readyWithin, withHelperWithin, alone, repetitions);
    }

    MethodWay readyWithin(long millis) {
        return new MethodWay(name, method, target, hand, OptionalLong.of(millis), withHelperWithin, alone, repetitions);
    }

    MethodWay withHelperWithin(long millis) {
        return new MethodWay(name, method, target, hand, readyWithin, OptionalLong.of(millis), alone, repetitions);
    }

    MethodWay asking(String method) {
        return new MethodWay(
                name, this.method, target, hand, readyWithin, withHelperWithin, Optional.of(method), repetitions);
    }

    MethodWay atMost(int times) {
        return new MethodWay(name, method, target, hand, readyWithin, withHelperWithin, alone, times);
    }

    Latency measure(LatencyScene scene, KubernetesMethods methods, StartTrace trace) throws Exception {
        Path file = scene.newFile();
        AtomicLong helperNanos = new AtomicLong();
        List<CaptureMethod> choice = new ArrayList<>(method.apply(methods).methods());
        choice.set(0, new TracedMethod(choice.get(0), trace, helperNanos));
        trace.begin();
        long startMillis = System.currentTimeMillis();
        long start = System.nanoTime();
        try (CaptureSession session = CaptureSession.builder()
                .target(target.apply(scene))
                .via(MethodChoice.inOrder(choice.toArray(CaptureMethod[]::new)))
                .filter(LatencyScene.FILTER)
                .writeTo(file)
                .start()) {
            long ready = System.nanoTime() - start;
            trace.end();
            LatencyScene.untilSomeMoment();
            long stop = System.nanoTime();
            session.stop().requireComplete();
            long stopped = System.nanoTime() - stop;
            return new Latency(
                    millis(ready),
                    helperNanos.get() == 0 ? OptionalLong.empty() : millis(ready - helperNanos.get()),
                    LatencyScene.untilFirstPacket(file, startMillis),
                    millis(stopped));
        }
    }

    private static OptionalLong millis(long nanos) {
        return OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
