package io.podcapture;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The works of a start: all succeed in time, or all are undone. Used by the starting thread, but for {@link #cancel}. */
final class StartTogether {
    private final SessionRun session;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private volatile long deadline;
    // The flag of the thread itself would make every cleanup fail.
    private boolean interrupted;

    StartTogether(SessionRun session) {
        this.session = session;
    }

    void begin() {
        deadline = session.spec().timers().nanoTime()
                + session.spec().startTimeout().toNanos();
    }

    /** Begins one of the works; one that the executor refuses has failed, so that the others are undone. */
    <T> Work<T> begin(Callable<T> task) {
        return begin(task, Work::failed);
    }

    /** Begins one of the works, or takes another for it where the executor refuses. */
    <T> Work<T> begin(Callable<T> task, Function<CaptureException, Work<T>> refused) {
        try {
            return Work.begin(session.spec().executor(), task);
        } catch (RejectedExecutionException e) {
            return refused.apply(refusal(e));
        }
    }

    static CaptureException refusal(RejectedExecutionException e) {
        return new CaptureException(
                FailureReason.PROCESS_FAILED, "cannot start: the session's executor refused a task: " + e, e);
    }

    /** Gives the start up, from another thread. */
    void cancel() {
        cancelled.complete(null);
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - session.spec().timers().nanoTime()));
    }

    /** Gives an interrupt that ended the start back to the thread. */
    void keepInterrupt() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // Waits for all, until one fails, time is up or somebody gives up; then interrupts the rest and waits for their
    // undoing.
    void await(List<? extends Work<?>> works) {
        CompletableFuture<?>[] results = works.stream().map(Work::result).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(results);
        CompletableFuture<Object> firstFailure = new CompletableFuture<>();
        for (CompletableFuture<?> result : results) {
            result.whenComplete((value, failure) -> {
                if (failure != null) {
                    firstFailure.completeExceptionally(failure);
                }
            });
        }
        try {
            // Whoever waits for what is done already is not interrupted.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            CompletableFuture.anyOf(all, firstFailure, cancelled)
                    .get(Math.max(1, remaining().toMillis()), TimeUnit.MILLISECONDS);
            if (cancelled.isDone()) {
                undoStart(works);
                throw new CaptureException(FailureReason.CANCELLED, "the session was closed while it started");
            }
        } catch (TimeoutException e) {
            undoStart(works);
            throw new CaptureException(FailureReason.START_TIMEOUT, timeoutMessage(), e);
        } catch (InterruptedException e) {
            undoStart(works);
            interrupted = true;
            throw new CaptureException(
                    FailureReason.CANCELLED, "the thread was interrupted while the session started", e);
        } catch (ExecutionException e) {
            undoStart(works);
            throw firstOf(e, works);
        }
    }

    private String timeoutMessage() {
        String message = "not all captures were ready within "
                + session.spec().startTimeout().toSeconds() + " s";
        return session.diagnostics().isEmpty() ? message : message + ":\n" + String.join("\n", session.diagnostics());
    }

    private static void undoStart(List<? extends Work<?>> works) {
        works.forEach(Work::interrupt);
        works.forEach(work -> work.result().handle((value, failure) -> 0).join());
    }

    private static Throwable unwrapped(Throwable e) {
        Throwable cause = e.getCause();
        boolean wrapper = e instanceof ExecutionException || e instanceof CompletionException;
        return wrapper && cause != null ? unwrapped(cause) : e;
    }

    private CaptureException firstOf(ExecutionException first, List<? extends Work<?>> works) {
        Throwable cause = unwrapped(first);
        CaptureException thrown;
        if (cause instanceof CaptureException known) {
            thrown = known;
        } else if (cause instanceof IOException io) {
            thrown = new CaptureException(FailureReason.STREAM_LOST, "cannot start: " + io.getMessage(), io);
        } else if (cause instanceof InterruptedException && remaining().isZero()) {
            thrown = new CaptureException(FailureReason.START_TIMEOUT, timeoutMessage(), cause);
        } else {
            thrown = new CaptureException(FailureReason.PROCESS_FAILED, "cannot start: " + cause, cause);
        }
        for (Work<?> work : works) {
            work.result().whenComplete((value, failure) -> {
                if (failure instanceof CaptureException other && other != thrown) {
                    thrown.addSuppressed(other);
                }
            });
        }
        return thrown;
    }
}
