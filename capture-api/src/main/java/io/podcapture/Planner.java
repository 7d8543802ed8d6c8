package io.podcapture;

import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Asks all methods of a session what would become of its captures. */
final class Planner {
    private final List<TargetSpec> targets;
    private final boolean allowEmpty;
    private final Executor executor;
    private final PlanContext context;

    Planner(List<TargetSpec> targets, boolean allowEmpty, Executor executor, Timers timers, Duration limit) {
        this.targets = targets;
        this.allowEmpty = allowEmpty;
        this.executor = executor;
        this.context = new PlanContext(executor, timers, limit);
    }

    private record Found(TargetSpec spec, CapturePoint point) {}

    /** Finds the points and asks about each; blocks. */
    CapturePlan plan(PlanDepth depth) {
        List<Work<List<CapturePoint>>> searches = new ArrayList<>();
        for (TargetSpec target : targets) {
            searches.add(Work.begin(executor, () -> target.choice().resolver().resolve(target.target())));
        }
        List<Found> found = new ArrayList<>();
        List<List<CapturePoint>> points = all(searches);
        for (int i = 0; i < targets.size(); i++) {
            TargetSpec target = targets.get(i);
            if (points.get(i).isEmpty() && !allowEmpty) {
                throw new CaptureException(
                        FailureReason.TARGET_NOT_FOUND,
                        "cannot capture " + target.target() + ": nothing of it is running now");
            }
            points.get(i).forEach(point -> found.add(new Found(target, point)));
        }
        context.captures(found.stream().map(Found::point).toList());
        List<Work<PlannedPoint>> plans = new ArrayList<>();
        for (Found each : found) {
            plans.add(Work.begin(executor, () -> plan(each, depth)));
        }
        return new CapturePlan(all(plans));
    }

    private PlannedPoint plan(Found found, PlanDepth depth) throws InterruptedException {
        // Which interface it is makes no difference to any method.
        CaptureRequest request =
                found.spec().request(found.point(), found.spec().interfaces().get(0));
        List<PlannedMethod> methods = new ArrayList<>();
        for (CaptureMethod method : found.spec().choice().methods()) {
            Assessment told = assess(method, request, depth, context);
            methods.add(new PlannedMethod(
                    method.name(), told.usability(), told.sentence(), told.creates(), told.permissions()));
        }
        return new PlannedPoint(found.spec().target(), found.point(), methods);
    }

    /** Asks one method; where there is no answer, it can only be tried. */
    static Assessment assess(CaptureMethod method, CaptureRequest request, PlanDepth depth, MethodContext context)
            throws InterruptedException {
        try {
            return method.assess(request, depth, context);
        } catch (IOException | RuntimeException e) {
            return Assessment.builder()
                    .unknown("it could not be asked: " + e.getMessage())
                    .build();
        }
    }

    // The first failure ends all.
    private static <T> List<T> all(List<Work<T>> works) {
        List<T> results = new ArrayList<>();
        try {
            for (Work<T> work : works) {
                results.add(work.result().get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureException(FailureReason.CANCELLED, "the thread was interrupted while it planned", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaptureException known) {
                throw new CaptureException(known.reason(), String.valueOf(known.getMessage()), e);
            }
            if (e.getCause() instanceof IOException io) {
                throw new CaptureException(FailureReason.STREAM_LOST, "cannot plan: " + io.getMessage(), io);
            }
            throw new CompletionException("the plan failed: " + e.getCause(), e.getCause());
        } finally {
            works.forEach(Work::interrupt);
        }
    }
}
