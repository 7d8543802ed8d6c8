package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster as its user sees it: the user's client, which is neither changed nor closed, and what the cluster is called. */
final class Cluster {
    private final KubernetesClient client;
    private final String place;
    private final HttpClient http;
    private final SeenPods seen = new SeenPods();

    Cluster(KubernetesClient client, String place) {
        this.client = client;
        this.place = place;
        this.http = withoutRetries(client);
    }

    KubernetesClient client() {
        return client;
    }

    /** Returns the namespace of the client's context. */
    String namespace() {
        return Optional.ofNullable(client.getNamespace()).orElse("default");
    }

    /** Returns the namespace that a target's name counts in. */
    String namespaceOf(Target target) {
        return target.scope().isEmpty() ? namespace() : target.scope();
    }

    String place() {
        return place;
    }

    /** Names the caller within a session: two clients of one cluster may be two users, of whom one may what the other may not. */
    String caller() {
        return place + "/" + Integer.toHexString(System.identityHashCode(client));
    }

    /** Returns the client's transport, without retries; never closed, since it shares the connections of the user's. */
    HttpClient http() {
        return http;
    }

    PodResource pod(PodName pod) {
        return client.pods().inNamespace(pod.namespace()).withName(pod.name());
    }

    /**
     * Looks at the pod of a point.
     *
     * @throws CaptureException if it is gone, or if another pod has its name now
     */
    PodView look(CapturePoint point) throws InterruptedException {
        PodName name = PodName.of(point);
        if (point.id().startsWith(PodMethod.OWN_NETWORK + "/")) {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED, "debug pod " + name + " does not exist before the method pod makes it");
        }
        ApiCall call = new ApiCall("get", "pods", "pod " + name);
        Optional<Pod> pod = Optional.ofNullable(call.read(() -> pod(name).get()));
        return pod.map(PodView::new)
                .filter(view -> view.uid().equals(point.id()))
                .orElseThrow(() -> new CaptureException(
                        FailureReason.TARGET_NOT_FOUND,
                        "pod " + name + " is gone" + (pod.isPresent() ? "; another pod has its name now" : "")));
    }

    /** Notes what a pod was like when it was found. */
    void remember(PodView pod) {
        seen.add(pod.brief());
    }

    /** Returns the pod of a point as it was when it was found, which may be a while ago; else looks at it. */
    PodView seen(CapturePoint point) throws InterruptedException {
        Optional<PodView> found = seen.find(point.id());
        return found.isPresent() ? found.get() : look(point);
    }

    /** Warns, once per session, of a client that may break streams. */
    void warnOfWeakClient(MethodContext context) throws IOException, InterruptedException {
        Optional<String> weakness =
                weakness(client.getHttpClient().getClass().getName(), String.valueOf(client.getMasterUrl()));
        if (weakness.isPresent()) {
            context.shared("fabric8/weak-client", Boolean.class, scope -> {
                context.warning("the Kubernetes client uses " + weakness.get()
                        + "; use kubernetes-httpclient-vertx-5, the default");
                return true;
            });
        }
    }

    /**
     * Returns in words what is wrong with a transport; empty if nothing is known.
     *
     * @param implementation the name of its class
     * @param server the address of the API server
     */
    static Optional<String> weakness(String implementation, String server) {
        String name = implementation.toLowerCase(Locale.ROOT);
        if (name.contains("jdkhttp") && server.startsWith("http:")) {
            return Optional.of(
                    "the HTTP client of the JDK, which over plain http now and then loses what comes with the"
                            + " first answer: a capture may break at its start");
        }
        return Stream.of("okhttp", "jetty")
                .filter(name::contains)
                .map(transport -> transport
                        + ", which ends a stream that is not read for 30 s: a slow disk can break the capture")
                .findFirst();
    }

    // A start that is tried again may have run the command already.
    private static HttpClient withoutRetries(KubernetesClient client) {
        return client.getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cluster that && client == that.client && place.equals(that.place);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(client) * 31 + place.hashCode();
    }
}
