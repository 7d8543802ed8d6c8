package io.podcapture;

import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.PointListener;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A method whose start is a test's. A target named {@code a,b} has the points a and b. */
final class ScriptedMethod implements CaptureMethod {
    final Map<String, MemoryCapture> captures = new ConcurrentHashMap<>();
    private final String name;
    private final Points points;
    private final Start start;
    volatile Preparation preparation = (target, context) -> {};
    volatile Answer answer = (request, depth, context) -> Assessment.untold();

    interface Start {
        RunningCapture by(CaptureRequest request, PacketSink sink, MethodContext context)
                throws IOException, InterruptedException;
    }

    /** What the method does with a target before anybody looks for its points. */
    interface Preparation {
        void of(Target target, MethodContext context) throws IOException, InterruptedException;
    }

    /** What the method says of a capture before it tries. */
    interface Answer {
        Assessment to(CaptureRequest request, PlanDepth depth, MethodContext context)
                throws IOException, InterruptedException;
    }

    /** Resolves targets; methods that share it see the same points. */
    static final class Points implements TargetResolver {
        volatile PointListener listener = new PointListener() {
            @Override
            public void joined(CapturePoint point) {}

            @Override
            public void gone(CapturePoint point, String reason) {}
        };

        /** Called when somebody looks for the points of a target. */
        volatile Look looked = target -> {};

        interface Look {
            void at(Target target) throws IOException;
        }

        @Override
        public boolean understands(Target target) {
            return target.kind().equals("machine");
        }

        @Override
        public List<CapturePoint> resolve(Target target) throws IOException {
            looked.at(target);
            String names = target.name().orElseThrow();
            return names.equals("none")
                    ? List.of()
                    : Stream.of(names.split(",")).map(Points::point).toList();
        }

        @Override
        public AutoCloseable follow(Target target, PointListener told) throws IOException {
            listener = told;
            resolve(target).forEach(told::joined);
            return () -> {};
        }

        static CapturePoint point(String name) {
            return CapturePoint.builder("uid-" + name, name)
                    .attribute("ip", "10.0.0.1")
                    .build();
        }
    }

    ScriptedMethod(String name, Points points, Start start) {
        this.name = name;
        this.points = points;
        this.start = start;
    }

    /** Makes a method that works. */
    static ScriptedMethod working(String name, Points points) {
        return new ScriptedMethod(name, points, (request, sink, context) -> MemoryCapture.begun(sink));
    }

    /** Makes a method that fails on each point. */
    static ScriptedMethod failing(String name, Points points, FailureReason reason) {
        return new ScriptedMethod(name, points, (request, sink, context) -> {
            throw new CaptureException(reason, name + " says no");
        });
    }

    MemoryCapture capture(String point) {
        return captures.get(point);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TargetResolver resolver() {
        return points;
    }

    @Override
    public void prepare(Target target, MethodContext context) throws IOException, InterruptedException {
        preparation.of(target, context);
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        return answer.to(request, depth, context);
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        RunningCapture capture = start.by(request, sink, context);
        if (capture instanceof MemoryCapture memory) {
            captures.put(request.point().name(), memory);
        }
        return capture;
    }
}
