package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.spi.MethodContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Waits until a container of ours runs; fails as soon as the kubelet says that it will not. */
final class ContainerStart {
    private static final Set<String> IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");
    private static final Set<String> START = Set.of(
            "CreateContainerConfigError",
            "CreateContainerError",
            "PreCreateHookError",
            "PreStartHookError",
            "PostStartHookError",
            "RunContainerError",
            "CrashLoopBackOff");

    private final Cluster cluster;
    private final PodName pod;
    private final String uid;
    private final String container;
    private final String image;
    private final String what;
    private final String remark;
    private final FailureReason whenGone;

    private ContainerStart(
            Cluster cluster,
            PodName pod,
            String uid,
            String container,
            String image,
            String what,
            String remark,
            FailureReason whenGone) {
        this.cluster = cluster;
        this.pod = pod;
        this.uid = uid;
        this.container = container;
        this.image = image;
        this.what = what;
        this.remark = remark;
        this.whenGone = whenGone;
    }

    /** Waits for an ephemeral container in a pod of the user's. */
    static ContainerStart ofEphemeral(Cluster cluster, CapturePoint point, String container, String image) {
        PodName pod = PodName.of(point);
        return new ContainerStart(
                cluster,
                pod,
                point.id(),
                container,
                image,
                "ephemeral container " + container + " in pod " + pod,
                " (its entry stays in the pod: Kubernetes cannot remove it)",
                FailureReason.TARGET_NOT_FOUND);
    }

    /** Waits for the container of a helper pod. */
    static ContainerStart ofHelper(Cluster cluster, PodName pod, String uid, String container, String image) {
        return new ContainerStart(
                cluster, pod, uid, container, image, "helper pod " + pod, "", FailureReason.PROCESS_FAILED);
    }

    /** Looks at a container that a workload's new pods have. */
    static ContainerStart ofSidecar(Cluster cluster, PodName pod, String uid, String container, String image) {
        return new ContainerStart(
                cluster,
                pod,
                uid,
                container,
                image,
                "sidecar " + container + " in pod " + pod,
                "",
                FailureReason.PROCESS_FAILED);
    }

    void await(MethodContext context) throws InterruptedException {
        PodSource source = PodSource.of(
                cluster.client().pods().inNamespace(pod.namespace()).withField("metadata.name", pod.name()));
        try (PodNews news = new PodNews(source)) {
            ApiCall call = new ApiCall("list", "pods", "pod " + pod);
            Optional<PodNews.News> piece = Optional.of(call.read(news::begin));
            String seen = "nothing of it was seen yet";
            while (piece.isPresent()) {
                seen = stateAfter(piece.get()).orElse(seen);
                if (seen.isEmpty()) {
                    return;
                }
                Duration left = context.remaining();
                piece = left.isZero() ? Optional.empty() : news.next(left);
            }
            throw failed(FailureReason.START_TIMEOUT, "did not run in time: " + seen);
        }
    }

    // Empty text: it runs. Empty optional: this piece of news says nothing of it.
    private Optional<String> stateAfter(PodNews.News piece) {
        if (piece.kind() == PodNews.Kind.DELETED
                || (piece.kind() == PodNews.Kind.ALL && piece.pods().isEmpty())) {
            throw new CaptureException(whenGone, "pod " + pod + " was deleted");
        }
        return piece.pods().stream().findFirst().map(PodView::new).flatMap(this::state);
    }

    /** Returns in words what the container waits for; empty text if it runs, empty if the pod does not tell of it. */
    Optional<String> state(PodView view) {
        if (!view.uid().equals(uid)) {
            throw new CaptureException(whenGone, "pod " + pod + " was deleted and made anew");
        }
        Optional<ContainerState> state = view.status(container).map(ContainerStatus::getState);
        boolean endedItself =
                !view.deleted() && state.map(ContainerState::getTerminated).isPresent();
        if (view.fate().isPresent() && !endedItself) {
            throw new CaptureException(whenGone, view.fate().get());
        }
        if (state.isEmpty()) {
            return view.unschedulable();
        }
        ContainerStateTerminated terminated = state.get().getTerminated();
        if (terminated != null) {
            throw ended(terminated);
        }
        ContainerStateWaiting waiting = state.get().getWaiting();
        return waiting == null ? Optional.of("") : Optional.of(stillWaiting(waiting));
    }

    private String stillWaiting(ContainerStateWaiting waiting) {
        String reason = Optional.ofNullable(waiting.getReason()).orElse("");
        String words = words(reason, waiting.getMessage());
        if (IMAGE.contains(reason)) {
            throw failed(
                    FailureReason.IMAGE_UNAVAILABLE,
                    "cannot have image " + image + ": " + words + "; name one that the node can pull");
        }
        if (START.contains(reason)) {
            throw notStarted("cannot be started: " + words);
        }
        return words;
    }

    private CaptureException ended(ContainerStateTerminated terminated) {
        String words = words(String.valueOf(terminated.getReason()), terminated.getMessage());
        return notStarted("ended at once with status " + terminated.getExitCode() + ": " + words);
    }

    private CaptureException notStarted(String seen) {
        return ExecStatus.saysMissingCommand(seen)
                ? failed(FailureReason.TOOL_MISSING, seen + "; image " + image + " must have a shell and tcpdump")
                : failed(FailureReason.PROCESS_FAILED, seen);
    }

    private CaptureException failed(FailureReason reason, String seen) {
        return new CaptureException(reason, what + " " + seen + remark);
    }

    private static String words(String reason, @Nullable String message) {
        return message == null || message.isBlank() ? reason : reason + ": " + message;
    }
}
