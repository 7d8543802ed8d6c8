package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
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

/** Runs this machine's tcpdump in a network namespace of this machine; creates nothing. */
final class NetnsMethod implements CaptureMethod {
    private static final String INSTALL = "install it, or use the method docker for containers";

    private final LocalResolver resolver;

    NetnsMethod(LocalResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public String name() {
        return "netns";
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
            NamespaceEntry entry = entry(request);
            NamespaceEntry.requireCommand("tcpdump", INSTALL);
            if (depth == PlanDepth.PROBE) {
                entry.probe();
                told.passed("nsenter may enter");
            } else {
                told.unknown("whether nsenter may enter, and tcpdump capture, can only be tried");
            }
        } catch (CaptureException e) {
            told.refused(e.reason(), String.valueOf(e.getMessage()));
        }
        return told.build();
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        NamespaceEntry entry = entry(request);
        NamespaceEntry.requireCommand("tcpdump", INSTALL);
        entry.probe();
        return RemoteTcpdump.of(request).enter(entry.prefix()).start(new LocalShell(context), sink, context);
    }

    private static NamespaceEntry entry(CaptureRequest request) {
        Target target = request.target();
        if (!NetworkNamespace.isNamedBy(target)) {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED,
                    target
                            + " is no process and no network namespace of this machine; use the method docker, or local for"
                            + " this machine itself");
        }
        NetworkNamespace namespace = NetworkNamespace.of(target);
        // The number of a process that has ended is given again.
        if (!namespace.point().equals(request.point())) {
            throw new CaptureException(
                    FailureReason.TARGET_NOT_FOUND,
                    namespace.words() + " is another than it was a moment ago; it has ended meanwhile");
        }
        return new NamespaceEntry(namespace);
    }
}
