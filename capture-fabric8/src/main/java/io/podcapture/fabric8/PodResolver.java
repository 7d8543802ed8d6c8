package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.spi.PointListener;
import io.podcapture.spi.TargetResolver;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a target names: one pod, pods with labels, those of a workload, a service or a namespace, or a node itself.
 */
final class PodResolver implements TargetResolver {
    private static final Set<String> KINDS = Set.of("pod", "namespace", "node", PodMethod.OWN_NETWORK);

    private final Cluster cluster;

    PodResolver(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public boolean understands(Target target) {
        return (KINDS.contains(target.kind()) || Selections.kinds().contains(target.kind()))
                && (target.name().isPresent()
                        || (target.kind().equals("pod") && target.selector().isPresent()));
    }

    @Override
    public List<CapturePoint> resolve(Target target) throws InterruptedException {
        if (namesNode(target)) {
            return List.of(node(target));
        }
        if (target.kind().equals(PodMethod.OWN_NETWORK)) {
            return List.of(podToCome(target));
        }
        if (namesPod(target)) {
            return List.of(runningPod(target).point(cluster.place(), target.container()));
        }
        String namespace = namespace(target);
        PodSearch search = PodSearch.of(target, namespace, cluster);
        List<Pod> pods = list(target).read(() -> search.source().list().getItems());
        if (pods.isEmpty()) {
            requireNamespace(namespace);
        }
        List<PodView> members = list(target)
                .read(() -> pods.stream()
                        .map(PodView::new)
                        .filter(search.members()::has)
                        .toList());
        members.forEach(pod -> target.container().ifPresent(pod::requireRunning));
        return members.stream().map(search.members()::point).toList();
    }

    @Override
    public AutoCloseable follow(Target target, PointListener listener) throws InterruptedException {
        if (namesNode(target)) {
            // A node comes and goes with its machine; a capture on it notices by itself.
            listener.joined(node(target));
            return () -> {};
        }
        if (target.kind().equals(PodMethod.OWN_NETWORK)) {
            listener.joined(podToCome(target));
            return () -> {};
        }
        String namespace = namespace(target);
        PodSearch search = PodSearch.of(target, namespace, cluster);
        PodFollower follower = new PodFollower(search.source(), search.members(), listener);
        boolean follows = false;
        try {
            List<Pod> pods = list(target).read(() -> follower.begin(namespace));
            if (namesPod(target)) {
                requireRunning(target, pods.stream().findFirst());
            } else if (pods.isEmpty()) {
                requireNamespace(namespace);
            }
            follows = true;
            return follower;
        } catch (CaptureException e) {
            if (!namesPod(target) || e.reason() != FailureReason.FORBIDDEN) {
                throw e;
            }
            // The right to get one pod is enough to capture it; without that to list, nobody tells of its end.
            resolve(target).forEach(listener::joined);
            return () -> {};
        } finally {
            // An interrupt too may come when it has begun.
            if (!follows) {
                follower.close();
            }
        }
    }

    private CapturePoint node(Target target) throws InterruptedException {
        return new NodeResolver(cluster).resolve(target.name().orElseThrow());
    }

    // The method makes it; nobody else has it, so nobody else tells of its end.
    private CapturePoint podToCome(Target target) {
        PodName name = new PodName(namespace(target), target.name().orElseThrow());
        return CapturePoint.builder(target.kind() + "/" + name, name.toString())
                .place(cluster.place())
                .attribute(PodView.NAMESPACE, name.namespace())
                .attribute(PodView.POD, name.name())
                .build();
    }

    private PodView runningPod(Target target) throws InterruptedException {
        PodName name = new PodName(namespace(target), target.name().orElseThrow());
        ApiCall call = new ApiCall("get", "pods", "pod " + name);
        return requireRunning(
                target, Optional.ofNullable(call.read(() -> cluster.pod(name).get())));
    }

    private PodView requireRunning(Target target, Optional<Pod> found) throws InterruptedException {
        PodName name = new PodName(namespace(target), target.name().orElseThrow());
        if (found.isEmpty()) {
            requireNamespace(name.namespace());
            throw notFound("pod " + name + " does not exist" + nearby(name.namespace()));
        }
        PodView pod = new PodView(found.get());
        if (!pod.running()) {
            throw notFound("pod " + name + " is not running: " + pod.fate().orElse("its phase is " + pod.phase())
                    + "; wait until it runs");
        }
        target.container().ifPresent(pod::requireRunning);
        cluster.remember(pod);
        return pod;
    }

    private void requireNamespace(String namespace) throws InterruptedException {
        try {
            Namespace found = new ApiCall("get", "namespaces", "namespace " + namespace)
                    .read(() ->
                            cluster.client().namespaces().withName(namespace).get());
            if (found == null) {
                throw notFound("namespace " + namespace + " does not exist");
            }
        } catch (CaptureException e) {
            // Not everybody may look at namespaces; it is only for a better message.
            if (e.reason() == FailureReason.TARGET_NOT_FOUND) {
                throw e;
            }
        }
    }

    private String nearby(String namespace) throws InterruptedException {
        return Nearby.words(
                new ApiCall("list", "pods", "namespace " + namespace),
                cluster.client().pods().inNamespace(namespace),
                "; the namespace has no pods");
    }

    private String namespace(Target target) {
        return target.kind().equals("namespace") ? target.name().orElseThrow() : cluster.namespaceOf(target);
    }

    private ApiCall list(Target target) {
        return new ApiCall("list", "pods", target.toString());
    }

    private static boolean namesPod(Target target) {
        return target.kind().equals("pod") && target.name().isPresent();
    }

    private static boolean namesNode(Target target) {
        return target.kind().equals("node");
    }

    private static CaptureException notFound(String message) {
        return new CaptureException(FailureReason.TARGET_NOT_FOUND, message);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PodResolver that && cluster.equals(that.cluster);
    }

    @Override
    public int hashCode() {
        return cluster.hashCode();
    }
}
