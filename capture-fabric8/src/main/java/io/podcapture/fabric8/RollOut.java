package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Waits until a workload's pods are what its template says; gives up as soon as somebody says that they will not be. */
final class RollOut {
    private final Cluster cluster;
    private final Workload workload;
    private final String image;
    private final AtomicReference<String> waitsFor = new AtomicReference<>("nothing of it was seen yet");
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    /**
     * Makes it.
     *
     * @param image of our container, for messages
     */
    RollOut(Cluster cluster, Workload workload, String image) {
        this.cluster = cluster;
        this.workload = workload;
        this.image = image;
    }

    /** Returns what was still waited for, in words. */
    String waitsFor() {
        return workload + ": " + waitsFor.get();
    }

    /**
     * Waits until all pods have our container.
     *
     * @return whether it has settled in time
     * @throws CaptureException if it cannot succeed, with the words of the kubelet or the controller
     */
    boolean await(Duration limit) throws InterruptedException {
        WorkloadView now = workload.look();
        CompletableFuture<?> pods = watchPods(now.selector());
        try {
            return await(limit, since(now, view -> {
                requireSidecar(view);
                return isSettled(view);
            }));
        } finally {
            pods.cancel(true);
        }
    }

    /** Waits without a look at the pods: on the way back those that never came to life do not matter. */
    boolean awaitAlone(Duration limit) throws InterruptedException {
        return await(limit, since(workload.look(), this::isSettled));
    }

    /** Waits only until the controller has seen what it shall do. */
    boolean awaitObserved(Duration limit) throws InterruptedException {
        return await(limit, since(workload.look(), WorkloadView::isObserved));
    }

    private boolean await(Duration limit, Predicate<WorkloadView> condition) throws InterruptedException {
        CompletableFuture<?> reached = watchWorkload(condition);
        try {
            CompletableFuture.anyOf(reached, failed).get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaptureException known) {
                throw new CaptureException(known.reason(), String.valueOf(known.getMessage()), e);
            }
            if (e.getCause() instanceof KubernetesClientException refused) {
                throw ApiErrors.translate(refused, watch(workload.kind().plural()));
            }
            throw new CaptureException(
                    FailureReason.STREAM_LOST, "the roll-out of " + workload + " could not be watched: " + e, e);
        } finally {
            reached.cancel(true);
        }
    }

    // A watch may begin with what the API server remembers from before our change.
    private static Predicate<WorkloadView> since(WorkloadView now, Predicate<WorkloadView> condition) {
        return view -> now.uid().equals(view.uid()) && view.generation() >= now.generation() && condition.test(view);
    }

    private CompletableFuture<?> watchWorkload(Predicate<WorkloadView> condition) throws InterruptedException {
        return watch(workload.kind().plural())
                .ask(() -> workload.resource()
                        .informOnCondition(some -> telling(
                                some,
                                each -> each.stream()
                                        .anyMatch(
                                                object -> condition.test(new WorkloadView(workload.kind(), object))))));
    }

    private ApiCall watch(String plural) {
        return new ApiCall("watch", plural, workload.toString());
    }

    private CompletableFuture<?> watchPods(Map<String, String> selector) throws InterruptedException {
        return watch("pods")
                .ask(() -> cluster.client()
                        .pods()
                        .inNamespace(workload.namespace())
                        .withLabels(selector)
                        .informOnCondition(some -> telling(some, this::isInTrouble)));
    }

    // What a condition throws would be lost in the informer. It is not met then: else who waits could see that first.
    private <T> boolean telling(List<T> some, Predicate<List<T>> condition) {
        try {
            return condition.test(some);
        } catch (RuntimeException e) {
            failed.completeExceptionally(e);
            return false;
        }
    }

    private void requireSidecar(WorkloadView view) {
        if (!view.hasSidecar()) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    "somebody else took container " + SidecarContainer.NAME + " out of the template of " + workload
                            + " again, an operator that owns it for instance; use ephemeral, node or upload");
        }
    }

    private boolean isSettled(WorkloadView view) {
        Optional<String> unsettled = view.unsettled();
        if (unsettled.isEmpty()) {
            return true;
        }
        waitsFor.set(unsettled.get());
        view.trouble().ifPresent(trouble -> {
            throw new CaptureException(trouble.reason(), "the roll-out of " + workload + " fails: " + trouble.words());
        });
        return false;
    }

    private boolean isInTrouble(List<Pod> pods) {
        for (Pod pod : pods) {
            PodView view = new PodView(pod);
            if (view.fate().isEmpty() && view.hasVolume(SidecarContainer.VOLUME)) {
                ContainerStart.ofSidecar(cluster, view.name(), view.uid(), SidecarContainer.NAME, image)
                        .state(view);
            }
        }
        return false;
    }
}
