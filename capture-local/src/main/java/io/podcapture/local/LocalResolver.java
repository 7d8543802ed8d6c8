package io.podcapture.local;

import io.podcapture.CapturePoint;
import io.podcapture.Target;
import io.podcapture.spi.PointListener;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds what a target names on this machine, or at the container engine: each is one point.
 *
 * @param engine asked for containers only
 */
record LocalResolver(Engine engine) implements TargetResolver {
    @Override
    public boolean understands(Target target) {
        return Container.isNamedBy(target) || NetworkNamespace.isNamedBy(target);
    }

    @Override
    public List<CapturePoint> resolve(Target target) throws IOException, InterruptedException {
        return List.of(
                NetworkNamespace.isNamedBy(target)
                        ? NetworkNamespace.of(target).point()
                        : Container.find(engine, target).point());
    }

    /** Tells of the end of a process or a container too. */
    @Override
    public AutoCloseable follow(Target target, PointListener listener) throws IOException, InterruptedException {
        CapturePoint point = resolve(target).get(0);
        listener.joined(point);
        return switch (target.kind()) {
            case "container" -> ContainerEnd.await(engine, point, listener);
            case "process" -> awaitEnd(target, point, listener);
            default -> () -> {};
        };
    }

    private static AutoCloseable awaitEnd(Target target, CapturePoint point, PointListener listener) {
        long pid = Long.parseLong(target.name().orElseThrow());
        if (pid == ProcessHandle.current().pid()) {
            // Nobody would be there to be told, and Java refuses to wait for its own end.
            return () -> {};
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        CompletableFuture<Void> told = process.map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(() -> listener.gone(point, point + " ended"));
        return () -> told.cancel(false);
    }
}
