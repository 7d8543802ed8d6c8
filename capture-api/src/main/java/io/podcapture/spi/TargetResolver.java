package io.podcapture.spi;

import io.podcapture.CapturePoint;
import io.podcapture.Target;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Turns a target into capture points and tells which come and go.
 *
 * @since 0.1
 */
public interface TargetResolver {
    /** Tells whether the words of the target mean something here. Does no input or output. */
    boolean understands(Target target);

    /**
     * Returns the points that the target has now; none is a valid answer.
     *
     * @throws io.podcapture.CaptureException if the target does not exist or may not be looked at
     */
    List<CapturePoint> resolve(Target target) throws IOException, InterruptedException;

    /**
     * Tells the listener of all points that are there, before it returns, and of those that come and go from then on, until
     * the returned handle is closed. A resolver that cannot watch tells of those that are there.
     *
     * @throws io.podcapture.CaptureException if the target does not exist or may not be looked at
     */
    default AutoCloseable follow(Target target, PointListener listener) throws IOException, InterruptedException {
        resolve(target).forEach(listener::joined);
        return () -> {};
    }

    /** Makes a resolver for targets of one kind, of which each is a single point that is always there. */
    static TargetResolver direct(String kind, Function<Target, CapturePoint> point) {
        return new TargetResolver() {
            @Override
            public boolean understands(Target target) {
                return target.kind().equals(kind);
            }

            @Override
            public List<CapturePoint> resolve(Target target) {
                return List.of(point.apply(target));
            }
        };
    }
}
