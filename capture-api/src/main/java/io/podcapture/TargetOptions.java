package io.podcapture;

/**
 * What one target has that differs from the session's defaults.
 *
 * @since 0.1
 */
public final class TargetOptions extends PointOptions<TargetOptions> {
    TargetOptions() {}

    @Override
    TargetOptions self() {
        return this;
    }
}
