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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Asks all methods of a session what would become of its captures. */
final class Planner {
    // Who asks heeds the limit and says what had no answer, which says more.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<TargetSpec> targets;
    private final boolean allowEmpty;
    private final Executor executor;
    private final Timers timers;
    private final Duration limit;
    private final PlanContext context;

    Planner(List<TargetSpec> targets, boolean allowEmpty, Executor executor, Timers timers, Duration limit) {
        this.targets = targets;
        this.allowEmpty = allowEmpty;
        this.executor = executor;
        this.timers = timers;
        this.limit = limit;
        this.context = new PlanContext(executor, timers, limit);
    }

    private record Found(TargetSpec spec, CapturePoint point) {}

    /**
     * Finds the points and asks about each; blocks.
     *
     * @throws CaptureException if the points cannot be found, or not in time
     */
    CapturePlan plan(PlanDepth depth) {
        List<Work<List<CapturePoint>>> searches = new ArrayList<>();
        for (TargetSpec target : targets) {
            searches.add(Work.begin(executor, () -> target.choice().resolver().resolve(target.target())));
        }
        List<Found> found = new ArrayList<>();
        List<Optional<List<CapturePoint>>> answers = all(searches);
        for (int i = 0; i < targets.size(); i++) {
            TargetSpec target = targets.get(i);
            List<CapturePoint> points = answers.get(i)
                    .orElseThrow(() -> new CaptureException(
                            FailureReason.START_TIMEOUT,
                            "cannot plan: " + target.target() + " was not found within " + limit.toSeconds() + " s"));
            if (points.isEmpty() && !allowEmpty) {
                throw new CaptureException(
                        FailureReason.TARGET_NOT_FOUND,
                        "cannot capture " + target.target() + ": nothing of it is running now");
            }
            points.forEach(point -> found.add(new Found(target, point)));
        }
        context.captures(found.stream().map(Found::point).toList());
        List<Work<PlannedPoint>> plans = new ArrayList<>();
        for (Found each : found) {
            plans.add(Work.begin(executor, () -> plan(each, depth)));
        }
        List<Optional<PlannedPoint>> planned = all(plans);
        return new CapturePlan(IntStream.range(0, found.size())
                .mapToObj(i -> planned.get(i).orElseGet(() -> notInTime(found.get(i))))
                .toList());
    }

    // One that is slow must not cost the answers about all others.
    private PlannedPoint notInTime(Found found) {
        Assessment untold = Assessment.builder()
                .unknown("it could not be asked within " + limit.toSeconds() + " s")
                .build();
        return new PlannedPoint(
                found.spec().target(),
                found.point(),
                found.spec().choice().methods().stream()
                        .map(method -> new PlannedMethod(method.name(), untold))
                        .toList());
    }

    private PlannedPoint plan(Found found, PlanDepth depth) throws InterruptedException {
        // Which interface it is makes no difference to any method.
        CaptureRequest request =
                found.spec().request(found.point(), found.spec().interfaces().get(0));
        List<PlannedMethod> methods = new ArrayList<>();
        for (CaptureMethod method : found.spec().choice().methods()) {
            Assessment told = methods.isEmpty()
                    ? assess(method, request, depth, context)
                    : assessLater(method, request, depth, context);
            methods.add(new PlannedMethod(method.name(), told));
        }
        return new PlannedPoint(found.spec().target(), found.point(), methods);
    }

    /** Asks a method that is not the first of its choice. */
    static Assessment assessLater(CaptureMethod method, CaptureRequest request, PlanDepth depth, MethodContext context)
            throws InterruptedException {
        if (method.needsPreparation()) {
            return Assessment.builder()
                    .refused(
                            FailureReason.UNSUPPORTED,
                            "it must be the first method of a choice, since it changes what there is to capture")
                    .build();
        }
        return assess(method, request, depth, context);
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

    // The first failure ends all; what was begun has ended before this returns. Empty where the time was not enough.
    private <T> List<Optional<T>> all(List<Work<T>> works) {
        CompletableFuture<?>[] results = works.stream().map(Work::result).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> over = new CompletableFuture<>();
        works.forEach(work -> work.result().whenComplete((value, failure) -> {
            if (failure != null) {
                over.completeExceptionally(failure);
            }
        }));
        Timers.Handle handle = timers.after(context.remaining().plus(GRACE), () -> over.complete(null));
        try {
            CompletableFuture.anyOf(CompletableFuture.allOf(results), over).get();
            // Those that are interrupted now fail, which is not the plan's failure.
            return works.stream().map(Planner::ifReady).toList();
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
            handle.cancel();
            works.forEach(Work::interrupt);
            works.forEach(work -> work.result().handle((value, failure) -> 0).join());
        }
    }

    private static <T> Optional<T> ifReady(Work<T> work) {
        CompletableFuture<T> result = work.result();
        return result.isDone() && !result.isCompletedExceptionally() ? Optional.of(result.join()) : Optional.empty();
    }
}
