package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts commands in containers. */
final class ExecConnector {
    // v5 first: some servers no longer take v4, older ones do not know v5 yet.
    private static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    // The client's own limit comes after ours: each client words it differently.
    private static final long LATER_MILLIS = 2000;

    private final Cluster cluster;

    ExecConnector(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts a command.
     *
     * @param limit how long to wait for the connection
     */
    ExecStream start(PodName pod, String container, List<String> argv, Duration limit)
            throws IOException, InterruptedException {
        String place = "container " + container + " of pod " + pod;
        URI uri = uri(pod, container, argv);
        Throwable refusal = new IOException("no protocol was tried");
        for (String protocol : PROTOCOLS) {
            ExecStream stream = new ExecStream(place, cluster.client().getKubernetesSerialization());
            try {
                connect(uri, protocol, stream, limit, place);
                return stream;
            } catch (ExecutionException e) {
                refusal = Objects.requireNonNullElse(e.getCause(), e);
                if (!saysUnknownProtocol(refusal)) {
                    break;
                }
            }
        }
        throw new HandshakeFailure(cluster, uri(pod, container, List.of()), pod, place).translate(refusal);
    }

    private void connect(URI uri, String protocol, ExecStream stream, Duration limit, String place)
            throws ExecutionException, InterruptedException {
        long millis = Math.max(1, limit.toMillis());
        HttpClient http = cluster.http();
        CompletableFuture<WebSocket> opening = http.newWebSocketBuilder()
                .uri(uri)
                .subprotocol(protocol)
                .connectTimeout(millis + LATER_MILLIS, TimeUnit.MILLISECONDS)
                .buildAsync(stream);
        boolean open = false;
        try {
            opening.get(millis, TimeUnit.MILLISECONDS);
            open = true;
        } catch (TimeoutException e) {
            throw new CaptureException(
                    FailureReason.START_TIMEOUT,
                    "exec in " + place + " was not answered within " + millis + " ms; check the load of the API server"
                            + " and that the node is reachable",
                    e);
        } finally {
            if (!open) {
                // A connection that opens later is closed by the client when its future was cancelled.
                opening.cancel(true);
                stream.close();
            }
        }
    }

    // Servers say it with different codes, and 403 may also mean a missing right: only the next answer tells.
    private static boolean saysUnknownProtocol(Throwable refusal) {
        if (refusal instanceof WebSocketHandshakeException handshake) {
            int code = handshake.getResponse().code();
            return code == 101 || code == 400 || code == 403 || code == 426;
        }
        return String.valueOf(refusal.getMessage()).contains("ubprotocol");
    }

    private URI uri(PodName pod, String container, List<String> argv) {
        StringBuilder uri = new StringBuilder(cluster.client().getMasterUrl().toString());
        if (uri.charAt(uri.length() - 1) != '/') {
            uri.append('/');
        }
        uri.append("api/v1/namespaces/").append(encoded(pod.namespace()));
        uri.append("/pods/")
                .append(encoded(pod.name()))
                .append("/exec?container=")
                .append(encoded(container));
        uri.append("&stdin=true&stdout=true&stderr=true");
        argv.forEach(word -> uri.append("&command=").append(encoded(word)));
        return URI.create(uri.toString());
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }
}
