package io.podcapture;

import io.podcapture.spi.Timers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** Everything a session was told. */
record SessionSpec(
        List<TargetSpec> targets,
        Path output,
        Path partsDirectory,
        Duration startTimeout,
        Duration stopTimeout,
        StartFailurePolicy startFailure,
        LossPolicy loss,
        boolean allowEmpty,
        List<CaptureListener> listeners,
        List<LiveTap> taps,
        String comment,
        Executor executor,
        Timers timers,
        InstantSource clock) {}
