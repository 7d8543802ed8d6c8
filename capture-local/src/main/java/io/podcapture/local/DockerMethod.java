package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.PlanDepth;
import io.podcapture.Target;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteTcpdump;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;

/** Runs tcpdump in a container of its own that joins the network of the target, one for each interface. */
final class DockerMethod implements CaptureMethod {
    private final LocalResolver resolver;
    private final HelperImage image;

    DockerMethod(LocalResolver resolver, HelperImage image) {
        this.resolver = resolver;
        this.image = image;
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public TargetResolver resolver() {
        return resolver;
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        Assessment.Builder told = Assessment.builder();
        try {
            requireContainer(request.target());
            String network = Container.network(request.target(), request.point());
            told.creates("a container of image " + image.name() + " with --network " + network);
            told.needs(new Permission("docker", "", "create", "containers"));
            if (image.isThere(resolver.engine())) {
                told.passed("the engine has image " + image.name());
            } else if (image.mayPull()) {
                told.unknown("whether the engine can pull image " + image.name() + " can only be tried");
            } else {
                throw image.missing();
            }
        } catch (CaptureException e) {
            told.refused(e.reason(), String.valueOf(e.getMessage()));
        }
        return told.build();
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        requireContainer(request.target());
        Engine engine = resolver.engine();
        try {
            return start(engine, request, sink, context);
        } catch (CaptureException e) {
            if (e.reason() != FailureReason.IMAGE_UNAVAILABLE) {
                throw e;
            }
        }
        // Not asked before: nearly always the image is there, and a question takes as long as a tenth of the start.
        context.shared("image/" + image + "/" + engine, HelperImage.class, scope -> {
            image.pull(engine, context.remaining());
            return image;
        });
        return start(engine, request, sink, context);
    }

    private RunningCapture start(Engine engine, CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        String network = Container.network(request.target(), request.point());
        HelperContainer helper = new HelperContainer(engine, image.name(), network, context);
        context.attribute("helper", helper.name());
        // Debian's tcpdump becomes another user, whom nobody in that container could then send a signal.
        RunningCapture tcpdump = RemoteTcpdump.of(request).user("root").start(helper, sink, context);
        return new EngineCapture(tcpdump, engine, context.executor());
    }

    private static void requireContainer(Target target) {
        if (!Container.isNamedBy(target)) {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED,
                    target + " is no container; use the method netns, or local for this machine");
        }
    }
}
