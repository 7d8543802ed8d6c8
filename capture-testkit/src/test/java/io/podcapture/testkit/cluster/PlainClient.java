package io.podcapture.testkit.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client without a library for Kubernetes: what it takes to understand the cluster is in its kubeconfig. */
final class PlainClient {
    private final String server;
    private final String token;
    private final HttpClient http;

    PlainClient(String kubeconfig) throws GeneralSecurityException, IOException {
        Map<String, Object> config = Json.read(kubeconfig.getBytes(StandardCharsets.UTF_8));
        Map<String, Object> cluster = Json.within(Json.list(config, "clusters").get(0), "cluster");
        server = Json.text(cluster, "server");
        token = Json.text(Json.list(config, "users").get(0), "user", "token");
        byte[] pem = Base64.getDecoder().decode(Json.text(cluster, "certificate-authority-data"));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "cluster", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        http = HttpClient.newBuilder().sslContext(context).build();
    }

    URI uri(String path) {
        return URI.create(server + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Asks, and waits for nothing. */
    CompletableFuture<HttpResponse<String>> ask(String path) {
        return http.sendAsync(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type.isEmpty() ? "application/json" : type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Watches in frames. */
    CompletableFuture<WebSocket> watch(String path, WebSocket.Listener listener) {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(server.replace("https:", "wss:") + path + "?watch=true"), listener);
    }

    /** Returns the lines of an answer that has no end. */
    Iterator<String> lines(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(uri(path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body()
                .iterator();
    }

    /** Makes a pod whose container stays until somebody ends it. */
    HttpResponse<String> makePod(String namespace, String name) throws IOException, InterruptedException {
        String pod = "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{"
                + "\"containers\":[{\"name\":\"app\",\"image\":\"tools\",\"command\":[\"sleep\",\"600\"]}]}}";
        return http.send(
                HttpRequest.newBuilder(uri("/api/v1/namespaces/" + namespace + "/pods"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(pod))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Asks without saying who asks. */
    HttpResponse<String> getUnknown(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<WebSocket> exec(String pod, String protocol, WebSocket.Listener listener, String... argv) {
        StringBuilder query = new StringBuilder("?container=app&stdin=true&stdout=true&stderr=true");
        for (String word : argv) {
            query.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
        }
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .subprotocols(protocol)
                .buildAsync(
                        URI.create(server.replace("https:", "wss:") + "/api/v1/namespaces/shop/pods/" + pod + "/exec"
                                + query),
                        listener);
    }
}
