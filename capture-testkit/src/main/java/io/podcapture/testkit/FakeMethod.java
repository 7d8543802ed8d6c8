package io.podcapture.testkit;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.PointListener;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Captures on the machines of a {@link FakeNetwork}; knows the filters "" and "udp", and the interfaces any and eth0. */
final class FakeMethod implements CaptureMethod {
    private final FakeNetwork network;
    private final Resolver resolver;

    /** Two of the same network are equal, so that methods of one choice see the same points. */
    private record Resolver(FakeNetwork network) implements TargetResolver {
        @Override
        public boolean understands(Target target) {
            return target.kind().equals(FakeNetwork.KIND);
        }

        @Override
        public List<CapturePoint> resolve(Target target) {
            List<CapturePoint> points = network.points(target);
            if (points.isEmpty() && !target.name().orElse("*").equals("*")) {
                throw new CaptureException(FailureReason.TARGET_NOT_FOUND, "there is no " + target);
            }
            return points;
        }

        @Override
        public AutoCloseable follow(Target target, PointListener listener) {
            resolve(target);
            return network.follow(target, listener);
        }
    }

    FakeMethod(FakeNetwork network) {
        this.network = network;
        this.resolver = new Resolver(network);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public TargetResolver resolver() {
        return resolver;
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context) throws IOException {
        FakeMachine machine = network.machine(request.point())
                .orElseThrow(() ->
                        new CaptureException(FailureReason.TARGET_NOT_FOUND, "there is no machine " + request.point()));
        if (!Set.of("any", "eth0").contains(request.interfaceName())) {
            throw new CaptureException(
                    FailureReason.INTERFACE_NOT_FOUND, "there is no interface " + request.interfaceName());
        }
        if (!Set.of("", "udp").contains(request.filter())) {
            throw new CaptureException(
                    FailureReason.FILTER_REJECTED, "cannot read filter \"" + request.filter() + "\": unknown port");
        }
        FakeCapture capture = new FakeCapture(machine, network.blockTimeout(), request, sink, context);
        context.onCleanup("fake capture on " + machine.point(), capture::close);
        capture.begin();
        return capture;
    }
}
